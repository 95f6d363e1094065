/// What libFuzzer calls with every input: whatever the Kazakh server may send, and whatever `ofd-kaz` may be given.
@_cdecl("LLVMFuzzerTestOneInput")
public func testOneInput(_ start: UnsafePointer<UInt8>?, _ count: Int) -> CInt {
    let bytes = Array(UnsafeBufferPointer(start: start, count: count))
    do { try WireInvariants.check(bytes) } catch { fatalError("\(error)") }
    return 0
}
