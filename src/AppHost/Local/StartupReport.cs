using System.Diagnostics;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace Waybill.AppHost.Local;

/// <summary>The resources whose addresses a newcomer needs.</summary>
internal sealed record ReportedResources(
    IResourceBuilder<ProjectResource> Intake,
    IResourceBuilder<ProjectResource> Status,
    IResourceBuilder<ProjectResource> Receiver,
    IResourceBuilder<ProjectResource> Worker,
    IResourceBuilder<ParameterResource> ApiKey);

/// <summary>Once everything is healthy: delivers a first notification, and prints where each thing is.</summary>
internal sealed class StartupReport(ReportedResources resources, DataFolder data, IConfiguration configuration, ResourceNotificationService notifications)
    : BackgroundService
{
    private readonly long _started = Stopwatch.GetTimestamp();

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        foreach (var resource in new[] { resources.Receiver, resources.Status, resources.Intake, resources.Worker })
        {
            await notifications.WaitForResourceHealthyAsync(resource.Resource.Name, stoppingToken);
        }

        var key = await resources.ApiKey.Resource.GetValueAsync(stoppingToken) ?? "";
        var first = new FirstDelivery(Url(resources.Intake), Url(resources.Receiver), key);
        var outcome = await first.MakeAsync(stoppingToken);

        Console.WriteLine(Text(key, outcome));
    }

    private string Text(string key, string outcome) =>
        $$"""

        Waybill is ready after {{Stopwatch.GetElapsedTime(_started).TotalSeconds:0.0}} s. {{outcome}}

          Intake API     {{Url(resources.Intake)}}/v1/notifications
          Status API     {{Url(resources.Status)}}/v1/notifications/{id}
          Operator page  {{Url(resources.Status)}}/
          Receiver       {{Url(resources.Receiver)}}
          Dashboard      {{configuration["ASPNETCORE_URLS"]}}
          API key        {{key}}
          Data           {{data.Path}}

        Send one, and follow its statusUrl:

          curl -s {{Url(resources.Intake)}}/v1/notifications -H 'Authorization: Bearer {{key}}' \
               -H 'Content-Type: application/json' -d '{{Example}}'

        Ctrl+C ends everything.

        """;

    private string Example => $$$"""{"url":"{{{Url(resources.Receiver)}}}/ok","payload":{"hello":"world"}}""";

    private static string Url(IResourceBuilder<ProjectResource> resource) => resource.GetEndpoint("http").Url;
}

internal static class StartupReportExtensions
{
    public static void AddStartupReport(this IDistributedApplicationBuilder builder, ReportedResources resources, DataFolder data)
    {
        builder.Services.AddSingleton(resources);
        builder.Services.AddSingleton(data);
        builder.Services.AddHostedService<StartupReport>();
    }
}
