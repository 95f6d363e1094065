package import SwiftProtobuf

/// An open code of the document whose place on the wire is an enumeration. A number that the enumeration lacks
/// survives in both directions.
package protocol WireCode: Sendable, Hashable {
    associatedtype PB: SwiftProtobuf.Enum
    var rawValue: UInt32 { get }
    init(rawValue: UInt32)
}

extension WireCode {
    package init(_ pb: PB) {
        self.init(rawValue: UInt32(bitPattern: Int32(truncatingIfNeeded: pb.rawValue)))
    }

    /// The wire has 32 bits, read with a sign; the same bits come back.
    package var pb: PB { PB(rawValue: Int(Int32(bitPattern: self.rawValue))) ?? PB() }
}

extension CommandType: WireCode { package typealias PB = PBCommandTypeEnum }
extension OperationType: WireCode { package typealias PB = PBOperationTypeEnum }
extension PaymentType: WireCode { package typealias PB = PBPaymentTypeEnum }
extension DomainType: WireCode { package typealias PB = PBDomainTypeEnum }
extension ItemType: WireCode { package typealias PB = PBTicketRequest.Item.ItemTypeEnum }
extension CommodityType: WireCode { package typealias PB = PBTicketRequest.Item.Commodity.CommodityTypeEnum }
extension MoneyPlacementType: WireCode { package typealias PB = PBMoneyPlacementEnum }
extension ReportType: WireCode { package typealias PB = PBReportTypeEnum }
extension UserRole: WireCode { package typealias PB = PBUserRoleEnum }
extension TicketAdType: WireCode { package typealias PB = PBTicketAdTypeEnum }
extension ElementType: WireCode { package typealias PB = PBNomenclatureResponse.ElementTypeEnum }
extension NomenclatureResult: WireCode {
    package typealias PB = PBNomenclatureResponse.NomenclatureResultTypeEnum
}
extension AuthResult: WireCode { package typealias PB = PBAuthResponse.ResultTypeEnum }
// Plain numbers in most places; enumerations in the nomenclature.
extension TaxType: WireCode { package typealias PB = PBTaxTypeEnum }
extension TaxationType: WireCode { package typealias PB = PBTaxationTypeEnum }
