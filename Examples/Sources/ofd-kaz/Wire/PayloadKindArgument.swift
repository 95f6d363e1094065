public import ArgumentParser
public import OFDKazProtocol

/// `--kind request|response`; this program is the only one that could declare it.
extension PayloadKind: @retroactive ExpressibleByArgument {}
