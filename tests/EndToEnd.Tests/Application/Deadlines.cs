namespace Waybill.EndToEnd.Tests.Application;

/// <summary>Generous, as build machines are slow and shared: only a test that fails reaches one.</summary>
internal static class Deadlines
{
    /// <summary>For all processes to be healthy; a first run also installs the emulators.</summary>
    public static readonly TimeSpan Start = TimeSpan.FromSeconds(240);

    /// <summary>For a notification to get where it should, or a process to end.</summary>
    public static readonly TimeSpan State = TimeSpan.FromSeconds(120);
}
