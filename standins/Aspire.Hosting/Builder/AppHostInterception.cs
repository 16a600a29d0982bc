using System.Reflection;
using Microsoft.Extensions.Hosting;

namespace Aspire.Hosting;

/// <summary>
/// Lets the testing builder run an AppHost's Main on a thread of its own, hold it at Build() and take its builder.
/// </summary>
internal sealed class AppHostInterception(
    Assembly assembly,
    Action<DistributedApplicationOptions, HostApplicationBuilderSettings> configure)
{
    private static readonly AsyncLocal<AppHostInterception?> Ambient = new();

    private readonly TaskCompletionSource _buildAllowed = new();
    private readonly TaskCompletionSource _disposed = new();

    /// <summary>The interception of the Main that is running in this flow of calls; null outside tests.</summary>
    public static AppHostInterception? Current
    {
        get => Ambient.Value;
        set => Ambient.Value = value;
    }

    public Assembly Assembly => assembly;

    public TaskCompletionSource<DistributedApplicationBuilder> Builder { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public TaskCompletionSource<DistributedApplication> Application { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public Task Disposed => _disposed.Task;

    public void Configure(DistributedApplicationOptions options, HostApplicationBuilderSettings settings) => configure(options, settings);

    public void Building(DistributedApplicationBuilder builder)
    {
        Builder.TrySetResult(builder);
        _buildAllowed.Task.GetAwaiter().GetResult();
    }

    public void AllowBuild() => _buildAllowed.TrySetResult();

    /// <summary>Ends a Main that still waits at Build(), because its test is over.</summary>
    public void Abandon() => _buildAllowed.TrySetCanceled();

    public void Fail(Exception exception)
    {
        Builder.TrySetException(exception);
        Application.TrySetException(exception);
    }

    public void MarkDisposed() => _disposed.TrySetResult();
}
