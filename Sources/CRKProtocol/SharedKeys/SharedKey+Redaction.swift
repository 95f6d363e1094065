/// What debuggers and `dump` show: they look past a description.
extension SharedKey: CustomReflectable {
    public var customMirror: Mirror { Mirror(self, children: ["day": self.day]) }
}

extension SharedKeyRing: CustomReflectable {
    public var customMirror: Mirror { Mirror(self, children: ["days": self.days]) }
}
