public import ArgumentParser
public import EETProtocol

/// `--edition v3|v4`; this program is the only one that could declare it.
extension Edition: @retroactive ExpressibleByArgument {}
