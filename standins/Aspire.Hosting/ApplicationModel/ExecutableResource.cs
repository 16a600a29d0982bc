namespace Aspire.Hosting.ApplicationModel;

/// <summary>Any program on this machine; <paramref name="command"/> is looked up on PATH unless it holds a slash.</summary>
public class ExecutableResource(string name, string command, string workingDirectory)
    : Resource(name), IResourceWithEnvironment, IResourceWithArgs, IResourceWithEndpoints, IResourceWithWaitSupport
{
    public string Command { get; internal set; } = command;

    public string WorkingDirectory { get; internal set; } = workingDirectory;
}
