using System.Collections.Concurrent;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace StandIns.Aspire.Tests.Support;

/// <summary>An application of real processes whose model the test writes itself. Its ports are free ones.</summary>
internal sealed class TestApp(DistributedApplication application, ConcurrentQueue<string> log) : IAsyncDisposable
{
    public static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private readonly CancellationTokenSource _deadline = new(Patience);

    public ResourceNotificationService Notifications => application.ResourceNotifications;

    public DistributedApplication Application => application;

    /// <summary>What the AppHost has logged.</summary>
    public string Log => string.Join(Environment.NewLine, log);

    /// <summary>Fails the test that waits longer than <see cref="Patience"/>.</summary>
    public CancellationToken Deadline => _deadline.Token;

    public static Task<TestApp> StartAsync(Action<IDistributedApplicationBuilder> model, params string[] args) =>
        StartAsync(model, options => options.Args = ["--DcpPublisher:RandomizePorts=true", .. args]);

    public static async Task<TestApp> StartAsync(
        Action<IDistributedApplicationBuilder> model,
        Action<DistributedApplicationOptions> configure)
    {
        var options = new DistributedApplicationOptions { AssemblyName = "SampleAppHost", DisableDashboard = true };
        configure(options);

        var log = new ConcurrentQueue<string>();
        var builder = DistributedApplication.CreateBuilder(options);
        builder.Services.AddLogging(logging => logging.ClearProviders().AddProvider(new LogCollector(log)));
        model(builder);

        var app = new TestApp(builder.Build(), log);

        try
        {
            await app.Application.StartAsync(app.Deadline);
            return app;
        }
        catch
        {
            await app.DisposeAsync();
            throw;
        }
    }

    public Task<ResourceEvent> HealthyAsync(string resource) => Notifications.WaitForResourceHealthyAsync(resource, Deadline);

    public Task<ResourceEvent> StateAsync(string resource, string state) =>
        Notifications.WaitForResourceAsync(resource, update => update.Snapshot.State?.Text == state, Deadline);

    /// <summary>What the resource has printed so far.</summary>
    public async Task<IReadOnlyList<string>> OutputAsync(string resource)
    {
        var lines = new List<string>();

        await foreach (var batch in application.Services.GetRequiredService<ResourceLoggerService>().GetAllAsync(Find(resource)))
        {
            lines.AddRange(batch.Select(line => line.Content));
        }

        return lines;
    }

    public IResource Find(string resource) =>
        application.Services.GetRequiredService<DistributedApplicationModel>().Resources.Single(known => known.Name == resource);

    public async ValueTask DisposeAsync()
    {
        await application.DisposeAsync();
        _deadline.Dispose();
    }

    private sealed class LogCollector(ConcurrentQueue<string> log) : ILoggerProvider, ILogger
    {
        public ILogger CreateLogger(string categoryName) => this;

        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull
            => null;

        public bool IsEnabled(LogLevel logLevel) => logLevel >= LogLevel.Information;

        public void Log<TState>(
            LogLevel logLevel,
            EventId eventId,
            TState state,
            Exception? exception,
            Func<TState, Exception?, string> formatter) =>
            log.Enqueue($"{logLevel}: {formatter(state, exception)}");

        public void Dispose()
        {
        }
    }
}
