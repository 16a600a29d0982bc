namespace Waybill.Simulation.Processes;

/// <summary>Of which release a process is.</summary>
internal enum Release
{
    /// <summary>Knows nothing of what this one has added: neither attributes, nor members, nor optional ones in what it asks.</summary>
    Before,

    This,

    /// <summary>Writes attributes and sends members and words that this one does not know.</summary>
    After,
}
