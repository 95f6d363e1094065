import FiscalCore

extension CivilZone {
    /// What the clocks of the zone show at an instant, to the second: documents know no smaller part.
    func seconds(at instant: FiscalInstant) -> CivilDateTime {
        CivilDateTime(FiscalInstant(secondsSinceEpoch: instant.secondsSinceEpoch), offset: self.offset(at: instant))
    }

    /// When the clocks of the zone show a time; the earlier instant where they show it twice.
    func instant(of time: CivilDateTime) -> FiscalInstant {
        let asUTC = FiscalInstant(
            secondsSinceEpoch: Int64(time.date.daysSinceEpoch) * 86_400 + Int64(time.hour) * 3600
                + Int64(time.minute) * 60 + Int64(time.second))
        // The offset at a near instant, then the one that holds there.
        let near = asUTC - .seconds(60 * self.offset(at: asUTC).minutes)
        return asUTC - .seconds(60 * self.offset(at: near).minutes)
    }
}
