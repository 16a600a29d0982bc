namespace Waybill.LocalAws;

/// <summary>Waybill cannot run locally as things are. The message is for the person at the keyboard: what is wrong and what to do.</summary>
public sealed class LocalToolsException(string message, Exception? inner = null) : Exception(message, inner)
{
    /// <summary>An emulator could not listen: another process has its port.</summary>
    internal bool PortWasTaken { get; init; }
}
