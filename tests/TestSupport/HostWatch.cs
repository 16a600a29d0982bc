using System.Diagnostics;
using System.Reflection;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace Waybill.TestSupport;

/// <summary>Runs a program and gets hold of the host that it builds, by the event that .NET's hosting tells its tools of it.</summary>
internal sealed class HostWatch : IObserver<DiagnosticListener>, IObserver<KeyValuePair<string, object?>>, IDisposable
{
    private static readonly AsyncLocal<HostWatch?> Current = new();

    private readonly TaskCompletionSource<IHostApplicationLifetime> _started = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly IDisposable _subscription;

    public HostWatch() => _subscription = DiagnosticListener.AllListeners.Subscribe(this);

    /// <summary>Ends when the host of the program has started.</summary>
    public Task<IHostApplicationLifetime> Started => _started.Task;

    /// <summary>Until the program ends; its exceptions are the caller's.</summary>
    public void Run(MethodInfo program, string[] arguments)
    {
        Current.Value = this;
        program.Invoke(null, BindingFlags.DoNotWrapExceptions, null, [arguments], null);
    }

    public void Dispose() => _subscription.Dispose();

    public void OnNext(DiagnosticListener value)
    {
        if (Current.Value == this && value.Name == "Microsoft.Extensions.Hosting")
        {
            value.Subscribe(this);
        }
    }

    public void OnNext(KeyValuePair<string, object?> value)
    {
        if (value is { Key: "HostBuilt", Value: IHost host })
        {
            var lifetime = host.Services.GetRequiredService<IHostApplicationLifetime>();
            lifetime.ApplicationStarted.Register(() => _started.TrySetResult(lifetime));
        }
    }

    public void OnCompleted()
    {
    }

    public void OnError(Exception error)
    {
    }
}
