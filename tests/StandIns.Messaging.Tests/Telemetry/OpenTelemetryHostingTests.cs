using System.Diagnostics;
using System.Diagnostics.Metrics;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using OpenTelemetry;
using OpenTelemetry.Logs;
using OpenTelemetry.Metrics;
using OpenTelemetry.Resources;
using OpenTelemetry.Trace;

namespace Waybill.StandIns.Messaging.Tests.Telemetry;

public sealed class OpenTelemetryHostingTests
{
    [Fact]
    public void The_hosted_service_goes_first_and_is_registered_once()
    {
        var services = new ServiceCollection();
        services.AddHostedService<Idle>();

        services.AddOpenTelemetry();
        services.AddOpenTelemetry();

        var hosted = services.Where(service => service.ServiceType == typeof(IHostedService)).ToList();
        Assert.Equal(2, hosted.Count);
        Assert.Equal(typeof(Idle), hosted[1].ImplementationType);
        Assert.Same(hosted[0], services[0]);
    }

    [Fact]
    public async Task Providers_listen_once_the_host_has_started()
    {
        using var source = new ActivitySource("starting");
        var builder = Host.CreateEmptyApplicationBuilder(new HostApplicationBuilderSettings());
        builder.Services.AddOpenTelemetry().WithTracing(tracing => tracing.AddSource(source.Name));
        using var host = builder.Build();
        var before = source.HasListeners();

        await host.StartAsync();

        Assert.False(before);
        Assert.True(source.HasListeners());
        await host.StopAsync();
    }

    [Fact]
    public void The_initializer_starts_providers_where_no_hosted_service_runs()
    {
        using var source = new ActivitySource("initializing");
        var builder = Host.CreateEmptyApplicationBuilder(new HostApplicationBuilderSettings());
        builder.Services.AddOpenTelemetry().WithTracing(tracing => tracing.AddSource(source.Name));
        using var host = builder.Build();

        host.Services.GetRequiredService<ITelemetryHostInitializer>().Initialize();

        Assert.True(source.HasListeners());
    }

    [Fact]
    public async Task All_three_signals_carry_the_resource_and_are_flushed_when_the_host_ends()
    {
        using var source = new ActivitySource("signals");
        using var meter = new Meter("signals");
        var seen = new Recorder();
        var builder = Host.CreateEmptyApplicationBuilder(new HostApplicationBuilderSettings());
        builder.Logging.AddFilter("Microsoft", LogLevel.None);
        builder.Services.AddOpenTelemetry()
            .ConfigureResource(resource => resource.AddService("courier"))
            .WithTracing(tracing => tracing.AddSource(source.Name).AddProcessor(new BatchActivityExportProcessor(seen.Spans)))
            .WithMetrics(metrics => metrics.AddMeter(meter.Name).AddReader(new PeriodicExportingMetricReader(seen.Metrics)))
            .WithLogging(logging => logging.AddProcessor(new BatchLogRecordExportProcessor(seen.Logs)));
        var host = builder.Build();
        await host.StartAsync();

        source.StartActivity("span")!.Dispose();
        meter.CreateCounter<long>("parcels").Add(1);
        host.Services.GetRequiredService<ILogger<OpenTelemetryHostingTests>>().LogInformation("logged");
        await host.StopAsync();
        host.Dispose();

        Assert.Equal(["log logged of courier", "metric parcels of courier", "span span of courier"], seen.Entries.Order());
    }

    [Fact]
    public void Null_is_refused()
    {
        Assert.Throws<ArgumentNullException>(() => OpenTelemetryServicesExtensions.AddOpenTelemetry(null!));
        Assert.Throws<ArgumentNullException>(() => new ServiceCollection().AddOpenTelemetry().WithLogging(null!));
        Assert.Throws<ArgumentNullException>(() => new ServiceCollection().AddOpenTelemetry().ConfigureResource(null!));
    }

    private sealed class Idle : BackgroundService
    {
        protected override Task ExecuteAsync(CancellationToken stoppingToken) => Task.CompletedTask;
    }
}
