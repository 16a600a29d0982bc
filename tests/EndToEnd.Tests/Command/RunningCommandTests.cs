using System.Text.Json;
using System.Text.RegularExpressions;
using Waybill.EndToEnd.Tests.Application;
using Waybill.TestSupport;

namespace Waybill.EndToEnd.Tests.Command;

/// <summary>One command brings everything up; a second one that would get in its way says so.</summary>
public sealed partial class RunningCommandTests(RunningCommand running) : IClassFixture<RunningCommand>
{
    [LinuxFact]
    public void It_says_that_it_is_ready_once_a_first_notification_was_delivered()
    {
        Assert.Matches(FirstNotification(), running.Command.Printed);
        Assert.Contains($"http://localhost:{running.Settings.Intake}/v1/notifications", running.Command.Printed, StringComparison.Ordinal);
        Assert.Contains($"http://localhost:{running.Settings.Dashboard}", running.Command.Printed, StringComparison.Ordinal);
        Assert.Contains(WaybillClient.LocalKey, running.Command.Printed, StringComparison.Ordinal);
    }

    [DashboardFact]
    public async Task The_dashboard_has_the_services_and_the_trace_under_one_id()
    {
        var id = FirstNotification().Match(running.Command.Printed).Groups["id"].Value;
        using var client = running.Command.CreateClient();
        var traceId = (await client.DeliveredAsync(id)).Text("traceId");

        using var http = new HttpClient { BaseAddress = new Uri($"http://localhost:{running.Settings.Dashboard}") };
        using var page = await http.GetAsync("/");
        Assert.True(page.IsSuccessStatusCode, $"the dashboard answered {page.StatusCode}");

        var services = await Eventually.BecomesAsync(
            () => ServicesAsync(http, $"/api/telemetry/traces/{traceId}"),
            services => services.Length == 3,
            Deadlines.State);

        Assert.Equal(["intake", "status", "worker"], services);
    }

    [LinuxFact]
    public void A_signing_secret_that_is_given_signs_what_the_receiver_verifies_and_is_not_printed()
    {
        Assert.Contains("ended SUCCESS", running.Command.Printed, StringComparison.Ordinal);
        Assert.DoesNotContain(CommandSettings.SigningSecret, running.Command.Printed, StringComparison.Ordinal);
    }

    [DashboardFact]
    public async Task The_dashboard_does_not_show_the_signing_secret()
    {
        using var http = new HttpClient { BaseAddress = new Uri($"http://localhost:{running.Settings.Dashboard}") };
        string[] views = ["/", "/api/telemetry/resources", "/api/telemetry/logs", "/api/telemetry/traces", "/api/telemetry/spans"];

        foreach (var view in views)
        {
            Assert.DoesNotContain(CommandSettings.SigningSecret, await http.GetStringAsync(view), StringComparison.Ordinal);
        }
    }

    [LinuxFact]
    public async Task A_second_start_on_the_same_data_says_so_and_ends()
    {
        await using var second = AppHostCommand.Start(new CommandSettings(running.Settings.DataFolder));

        Assert.Equal(1, await second.ExitCodeAsync());
        Assert.Contains($"Waybill is running already, on the data in {running.Settings.DataFolder}", second.Printed, StringComparison.Ordinal);
        Assert.Empty(second.Processes());
    }

    [LinuxFact]
    public async Task A_port_in_use_is_named()
    {
        using var data = new TemporaryFolder();
        await using var second = AppHostCommand.Start(new CommandSettings(data.Path) { Intake = running.Settings.Intake });

        Assert.Equal(1, await second.ExitCodeAsync());
        Assert.Contains($"Port {running.Settings.Intake} (Ports:Intake) cannot be used", second.Printed, StringComparison.Ordinal);
        await second.AllEndedAsync();
    }

    [GeneratedRegex(@"Waybill is ready after [0-9.]+ s\. A first notification, (?<id>ntf_[0-9a-z]{26}), ended SUCCESS\.")]
    private static partial Regex FirstNotification();

    /// <summary>Names of the services that have spans in the trace, in order; none while the dashboard does not know it.</summary>
    private static async Task<string[]> ServicesAsync(HttpClient http, string path)
    {
        using var answer = await http.GetAsync(path);

        if (!answer.IsSuccessStatusCode)
        {
            return [];
        }

        var trace = JsonElement.Parse(await answer.Content.ReadAsStringAsync());

        var names =
            from resource in trace.At("data.resourceSpans").EnumerateArray()
            from attribute in resource.At("resource.attributes").EnumerateArray()
            where attribute.Text("key") == "service.name"
            select attribute.Text("value.stringValue");

        return [.. names.Distinct().Order()];
    }
}
