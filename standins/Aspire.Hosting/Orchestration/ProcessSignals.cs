using System.Runtime.InteropServices;

namespace Aspire.Hosting.Orchestration;

/// <summary>Signals to a process group: the process of a resource and all it has started.</summary>
internal static partial class ProcessSignals
{
    private const int Kill = 9;
    private const int Terminate = 15;

    public static void TerminateGroup(int groupId) => Send(-groupId, Terminate);

    public static void KillGroup(int groupId) => Send(-groupId, Kill);

    // The result does not matter: a group that has ended by itself is as good as one that was ended.
    [LibraryImport("libc", EntryPoint = "kill")]
    private static partial int Send(int processId, int signal);
}
