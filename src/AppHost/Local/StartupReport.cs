using System.Diagnostics;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace Waybill.AppHost.Local;

/// <summary>
/// Once everything is healthy: delivers a first notification, and prints where each thing is. Where something ends before that, says so.
/// </summary>
internal sealed class StartupReport(
    WaybillResources waybill,
    DataFolder data,
    IConfiguration configuration,
    ResourceNotificationService notifications,
    DistributedApplicationModel model,
    StartupTrouble trouble) : BackgroundService
{
    /// <summary>Aspire's name of it; it is not there in a test.</summary>
    private const string Dashboard = "aspire-dashboard";

    /// <summary>A start takes some eight seconds: after this long, and each time again, it says what it waits for.</summary>
    private static readonly TimeSpan SilentFor = TimeSpan.FromSeconds(20);

    private readonly long _started = Stopwatch.GetTimestamp();

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var starting = CancellationTokenSource.CreateLinkedTokenSource(stoppingToken);
        var healthy = AllHealthyAsync(starting.Token);
        var failed = trouble.FirstAsync(starting.Token);
        var settled = Task.WhenAny(healthy, failed);

        while (await Task.WhenAny(settled, Task.Delay(SilentFor, starting.Token)) != settled)
        {
            stoppingToken.ThrowIfCancellationRequested();
            await Console.Error.WriteLineAsync(WaitsFor());
        }

        stoppingToken.ThrowIfCancellationRequested();

        if (healthy.IsCompleted)
        {
            await healthy;
            Console.WriteLine(await ReportAsync(stoppingToken));
        }
        else
        {
            await Console.Error.WriteLineAsync($"{Environment.NewLine}{await failed}{Environment.NewLine}{Environment.NewLine}Ctrl+C ends everything.");
        }

        await starting.CancelAsync();
    }

    private string WaitsFor() =>
        string.Join(Environment.NewLine, trouble.Waiting().Prepend($"Waybill is not ready after {Stopwatch.GetElapsedTime(_started).TotalSeconds:0} s. It waits:"));

    private async Task AllHealthyAsync(CancellationToken cancellationToken)
    {
        foreach (var resource in waybill.All)
        {
            await notifications.WaitForResourceHealthyAsync(resource.Resource.Name, cancellationToken);
        }

        // It has no health check of its own, and is no part of Waybill: where it does not answer, that is for whoever opens it.
        if (model.Resources.Any(resource => resource.Name == Dashboard) && DashboardUrl is { } url)
        {
            await PromptHealthCheck.CheckAsync(new Uri(url), cancellationToken);
        }
    }

    private async Task<string> ReportAsync(CancellationToken cancellationToken)
    {
        // Signature included: that URL refuses what is not signed.
        var client = await waybill.ClientAsync(cancellationToken);
        var first = await TestDelivery.MakeAsync(client, $"{waybill.ReceiverUrl}/ok?verify=1", cancellationToken);

        return Text(await waybill.ApiKeyAsync(cancellationToken), Sentence(first));
    }

    private static string Sentence(TestOutcome first) => first switch
    {
        { Record: { } record } => $"A first notification, {first.Id}, ended {record.Status.Text()}.",
        { Id: { } id } => $"But the first notification, {id}, {first.Trouble}.",
        _ => $"But the first notification {first.Trouble}.",
    };

    private string Text(string key, string outcome) =>
        $$"""

        Waybill is ready after {{Stopwatch.GetElapsedTime(_started).TotalSeconds:0.0}} s. {{outcome}}

          Intake API     {{IntakeUrl}}/v1/notifications
          Status API     {{StatusUrl}}/v1/notifications/{id}
          Operator page  {{StatusUrl}}/
          Receiver       {{waybill.ReceiverUrl}}
          Dashboard      {{DashboardUrl}}
          API key        {{key}}
          Data           {{data.Path}}

        Send one, and follow its statusUrl:

          curl -s {{IntakeUrl}}/v1/notifications -H 'Authorization: Bearer {{key}}' \
               -H 'Content-Type: application/json' -d '{{Example}}'

        Ctrl+C ends everything.

        """;

    private string? DashboardUrl => configuration["ASPNETCORE_URLS"];

    private string IntakeUrl => WaybillResources.Url(waybill.Intake);

    private string StatusUrl => WaybillResources.Url(waybill.Status);

    private string Example => $$$"""{"url":"{{{waybill.ReceiverUrl}}}/ok","payload":{"hello":"world"}}""";
}

internal static class StartupReportExtensions
{
    public static void AddStartupReport(this IDistributedApplicationBuilder builder, WaybillResources waybill, DataFolder data)
    {
        builder.Services.AddSingleton(waybill);
        builder.Services.AddSingleton(data);
        builder.Services.AddSingleton<StartupTrouble>();
        builder.Services.AddHostedService<StartupReport>();
    }
}
