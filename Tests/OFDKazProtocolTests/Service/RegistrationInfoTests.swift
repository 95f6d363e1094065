import Foundation
import OFDKazProtocol
import SwiftProtobuf
import Testing

@Suite("Registration data and the other values of the service part")
struct RegistrationInfoTests {
    private let answer: Answer

    init() throws {
        let complete = try CompleteAnswer.named("info, shift open")
        self.answer = try complete.answer(complete.pb())
    }

    @Test("Every value of the service part is read")
    func complete() throws {
        let service = self.answer.service
        #expect(
            service.registration
                == RegistrationInfo(
                    kkm: KkmRegInfo(
                        pointOfPaymentNumber: "1", terminalNumber: "2", fnsKkmID: "111111111111", serialNumber: "SN",
                        kkmID: "100001"),
                    org: OrgRegInfo(title: "О", address: "А", addressKz: "Қ", iin: "012345678901", oked: "47301"),
                    pos: PosRegInfo(title: "Т", address: "А", addressKz: "Қ", latitude: 511_694, longitude: 714_491),
                    ofd: OfdRegInfo(title: "t", titleKz: "k", url: "u")))
        #expect(
            service.bindedTaxation
                == BindedTaxation(
                    type: .sts, taxes: [BindedTaxation.BindedTax(type: .vat, percent: 1500)]))
        #expect(service.lastDocument == LastDocumentInfo(frShiftNumber: 4, printedDocumentNumber: 5_000_000_000))
        #expect(service.ads.map(\.text) == ["Р", "И"])
        #expect(service.ads.map(\.info.version) == [5_000_000_000, 1])
        #expect(service.auxiliary == [KeyValuePair(key: "k", value: "v")])
    }

    @Test("What the register sends back is what it was told: register and organisation, leading zeros and letters kept")
    func sentBack() throws {
        let registration = try #require(self.answer.service.registration)
        let sent: [UInt8] = try registration.pb.serializedBytes()
        // The request's message has other numbers than the answer's: 1 the register, 2 the organisation, nothing else.
        let expected = try PBServiceRequest.RegInfo(
            jsonString: #"{"kkm":\#(CompleteParts.kkm),"org":\#(CompleteParts.org)}"#)
        #expect(sent == (try expected.serializedBytes() as [UInt8]))
        #expect(try RegistrationInfo().pb.serializedBytes() as [UInt8] == [])
        #expect(TicketAdInfo(type: .info, version: .max).pb.version == .max)
        #expect(KeyValuePair(key: "k").pb.hasValue == false)
    }

    @Test("Newer data win field by field, and what they lack stays known")
    func updating() {
        let known = RegistrationInfo(
            kkm: KkmRegInfo(fnsKkmID: "1", serialNumber: "2"),
            org: OrgRegInfo(title: "a", address: "b", addressKz: "c", iin: "d", oked: "e"))
        #expect(known.updated(by: RegistrationInfo()) == known)
        #expect(RegistrationInfo().updated(by: known) == known)
        let newer = RegistrationInfo(
            kkm: KkmRegInfo(serialNumber: "3", kkmID: "4"), org: OrgRegInfo(title: "z", iin: "y"),
            pos: PosRegInfo(latitude: 1), ofd: OfdRegInfo(url: "u"))
        #expect(
            known.updated(by: newer)
                == RegistrationInfo(
                    kkm: KkmRegInfo(fnsKkmID: "1", serialNumber: "3", kkmID: "4"),
                    org: OrgRegInfo(title: "z", address: "b", addressKz: "c", iin: "y", oked: "e"),
                    pos: PosRegInfo(latitude: 1), ofd: OfdRegInfo(url: "u")))
        #expect(
            newer.updated(by: RegistrationInfo(pos: PosRegInfo(title: "t"), ofd: OfdRegInfo(title: "o")))
                == RegistrationInfo(
                    kkm: newer.kkm, org: newer.org, pos: PosRegInfo(title: "t", latitude: 1),
                    ofd: OfdRegInfo(title: "o", url: "u")))
    }

    @Test("What is stored is what was read")
    func storing() throws {
        func roundTrip<Value: Codable & Equatable>(_ value: Value) throws -> Bool {
            try JSONDecoder().decode(Value.self, from: JSONEncoder().encode(value)) == value
        }
        let service = self.answer.service
        #expect(try roundTrip(#require(service.registration)))
        #expect(try roundTrip(RegistrationInfo()))
        #expect(try roundTrip(service.ads))
        #expect(try roundTrip(#require(service.bindedTaxation)))
        #expect(try roundTrip(#require(service.lastDocument)))
        #expect(try roundTrip(service.auxiliary))
    }

    @Test("An entry that lacks a mandatory part is left out, the others stay")
    func incompleteEntries() {
        let pb = PBServiceResponse.with {
            $0.ticketAds = [
                .with { $0.text = "no info" },
                .with {
                    $0.info.type = .ticketAdOrg; $0.info.version = 1
                },
                .with {
                    $0.info.version = 1; $0.text = "no type"
                },
                .with {
                    $0.info.type = .ticketAdOrg; $0.info.version = 2; $0.text = ""
                },
            ]
            $0.auxiliary = [.with { $0.value = "no key" }, .with { $0.key = "k" }]
            $0.bindedTaxation.taxes = [.with { $0.taxType = 100 }]
        }
        var service = ServiceAnswer(pb)
        #expect(service.ads == [TicketAd(info: TicketAdInfo(type: .org, version: 2), text: "")])
        #expect(service.auxiliary == [KeyValuePair(key: "k")])
        #expect(service.bindedTaxation == nil)
        service = ServiceAnswer(
            .with {
                $0.bindedTaxation.taxationType = 101
                $0.bindedTaxation.taxes = [
                    .with { $0.taxType = 100 }, .with { $0.percent = 1 },
                    .with {
                        $0.taxType = 100; $0.percent = 0
                    },
                ]
            })
        #expect(service.bindedTaxation == BindedTaxation(type: .rts, taxes: [.init(type: .vat, percent: 0)]))
        #expect(service.registration == nil && service.lastDocument == nil)
    }
}
