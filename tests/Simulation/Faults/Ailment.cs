namespace Waybill.Simulation.Faults;

/// <summary>What is wrong with a record, for ever or until it is healed.</summary>
internal enum Ailment
{
    /// <summary>An attribute cannot be read: unknown word, other type, out of range, missing.</summary>
    Damaged,

    /// <summary>DynamoDB refuses every request for it (ValidationException).</summary>
    Refused,

    /// <summary>It can be read, but each write is refused, as the item would become too large.</summary>
    TooLarge,

    /// <summary>DynamoDB answers 500 to every request for it.</summary>
    ServerError,
}
