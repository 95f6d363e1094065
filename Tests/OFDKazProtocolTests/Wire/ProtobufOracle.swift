import FiscalTestSupport
import Foundation
import Testing

@testable import OFDKazProtocol

/// Google's Python protobuf runtime over the same schema, as protoc reads it.
///
/// It says which of our payloads it reads otherwise than we do, and makes payloads for us to read.
struct ProtobufOracle {
    /// A payload in three spellings.
    struct Sample: Codable {
        var kind: String
        var hex: String
        var json: String
        /// JSON with the names that the document uses where they differ; only in what the oracle makes.
        var documentJSON: String?
    }

    struct Opinion: Decodable {
        /// How many of our samples it read.
        var checked: Int
        /// What it reads otherwise, one line for each.
        var differences: [String]
        /// What it made.
        var samples: [Sample]
        /// How many fields the schema has, at any depth, and how many of them occur in what it made.
        var fields: Int
        var madeFields: Int
        /// Whether the descriptor that is compiled in is the schema that protoc reads.
        var sameSchema: Bool
    }

    /// The schema that is compiled in.
    static func compiledSchema() throws -> Data { try #require(Data(base64Encoded: schemaDescriptorBase64)) }

    static func opinion(on samples: [Sample], making count: Int) throws -> Opinion {
        let checkout = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
            .deletingLastPathComponent().deletingLastPathComponent()
        let folder = try TemporaryFolder()
        let protoc = try OutsideTool.run(
            "protoc",
            [
                "--proto_path=\(checkout.path)/Protos", "--descriptor_set_out=\(folder.path("schema"))", "ofd.proto",
            ])
        guard protoc.status == 0 else { throw PythonEnvironment.Failure(description: "protoc: \(protoc.errorText)") }
        try folder.write([UInt8](self.compiledSchema()), to: "compiled")
        try folder.write([UInt8](JSONEncoder().encode(samples)), to: "samples")
        try folder.write(Array(Self.script.utf8), to: "oracle.py")
        let result = try OutsideTool.run(
            PythonEnvironment.interpreter(with: "protobuf==6.33.6"),
            [
                folder.path("oracle.py"), folder.path("schema"), folder.path("compiled"), folder.path("samples"),
                "\(count)",
            ])
        guard result.status == 0 else { throw PythonEnvironment.Failure(description: result.errorText) }
        return try JSONDecoder().decode(Opinion.self, from: Data(result.output))
    }

    private static let script = #"""
        import json, random, sys
        from google.protobuf import descriptor_pb2, descriptor_pool, json_format, message_factory

        def schema(path):
            with open(path, "rb") as file:
                return descriptor_pb2.FileDescriptorSet.FromString(file.read())

        wanted, compiled = schema(sys.argv[1]), schema(sys.argv[2])
        pool = descriptor_pool.DescriptorPool()
        for file in wanted.file:
            pool.Add(file)
        kinds = {
            kind: message_factory.GetMessageClass(pool.FindMessageTypeByName("swift_fiscal.ofd_kaz." + name))
            for kind, name in [("request", "Request"), ("response", "Response")]
        }

        def as_dictionary(message, **options):
            return json_format.MessageToDict(message, **options)

        differences = []
        with open(sys.argv[3], encoding="utf-8") as file:
            samples = json.load(file)
        for number, sample in enumerate(samples):
            kind, payload = kinds[sample["kind"]], bytes.fromhex(sample["hex"])
            try:
                message = kind.FromString(payload)
                if message.SerializeToString(deterministic=True) != payload:
                    differences.append(f"{number}: the bytes differ when written again")
                if as_dictionary(message, preserving_proto_field_name=True) != json.loads(sample["json"]):
                    differences.append(f"{number}: the JSON differs")
                if json_format.Parse(sample["json"], kind()) != message:
                    differences.append(f"{number}: the JSON gives another message")
            except Exception as error:
                differences.append(f"{number}: {error}")

        random.seed(203)
        made = set()

        def fields_of(descriptor, found):
            for field in descriptor.fields:
                if field.full_name not in found:
                    found.add(field.full_name)
                    if field.message_type:
                        fields_of(field.message_type, found)
            return found

        def text():
            alphabet = list(range(0, 0x250)) + list(range(0x400, 0x530)) + [0x2028, 0xFEFF, 0xFFFD, 0x1F9FE, 0x10FFFF]
            return "".join(chr(random.choice(alphabet)) for _ in range(random.choice([0, 1, 5, 30])))

        def number(low, high):
            return random.choice([low, high, 0, 1, min(high, 2**53 + 1), random.randint(low, high)])

        def value(field):
            if field.type == field.TYPE_UINT32:
                return number(0, 2**32 - 1)
            if field.type == field.TYPE_UINT64:
                return number(0, 2**64 - 1)
            if field.type == field.TYPE_INT32:
                return number(-2**31, 2**31 - 1)
            if field.type == field.TYPE_BOOL:
                return random.random() < 0.5
            if field.type == field.TYPE_STRING:
                return text()
            if field.type == field.TYPE_BYTES:
                return random.randbytes(random.choice([0, 1, 2, 3, 50]))
            if field.type == field.TYPE_ENUM:
                return random.choice(field.enum_type.values).number if random.random() < 0.75 else number(-2**31, 2**31 - 1)
            raise TypeError(field.full_name)

        def fill(message, density):
            for field in message.DESCRIPTOR.fields:
                if random.random() >= density:
                    continue
                made.add(field.full_name)
                if field.is_repeated:
                    items = getattr(message, field.name)
                    for _ in range(random.choice([1, 1, 2])):
                        if field.message_type:
                            fill(items.add(), density)
                        else:
                            items.append(value(field))
                elif field.message_type:
                    part = getattr(message, field.name)
                    part.SetInParent()
                    fill(part, density)
                else:
                    setattr(message, field.name, value(field))

        made_samples = []
        for index in range(int(sys.argv[4])):
            kind = ["request", "response"][index % 2]
            message = kinds[kind]()
            fill(message, random.choice([0.1, 0.4, 0.7, 1.0]))
            made_samples.append({
                "kind": kind,
                "hex": message.SerializeToString(deterministic=True).hex(),
                "json": json.dumps(as_dictionary(message, preserving_proto_field_name=True), ensure_ascii=index % 3 == 0),
                "documentJSON": json.dumps(as_dictionary(message, preserving_proto_field_name=False)),
            })

        every = set()
        for kind in kinds.values():
            fields_of(kind.DESCRIPTOR, every)
        json.dump({
            "checked": len(samples), "differences": differences, "samples": made_samples,
            "fields": len(every), "madeFields": len(made & every), "sameSchema": wanted == compiled,
        }, sys.stdout)
        """#
}
