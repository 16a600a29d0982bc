using Waybill.EndToEnd.Tests.Application;
using Waybill.TestSupport;

namespace Waybill.EndToEnd.Tests.Command;

/// <summary>The dashboard of the running command: what it has, what it does not show, and to whom.</summary>
[Collection(RunningCommandCollection.Name)]
[Trait(Ladder.Name, Ladder.Full)]
public sealed class DashboardTests(RunningCommand running)
{
    private static readonly string[] Telemetry =
        ["/api/telemetry/resources", "/api/telemetry/logs", "/api/telemetry/traces", "/api/telemetry/spans"];

    [LinuxFact]
    public async Task It_has_the_services_and_the_trace_under_one_id()
    {
        var id = PrintedReport.Check(running.Command.Printed);
        using var client = running.Command.CreateClient();
        var traceId = (await client.DeliveredAsync(id)).Text("traceId");

        using var dashboard = DashboardClient.WithKey(running);
        var services = await Eventually.BecomesAsync(
            () => dashboard.ServicesAsync(traceId),
            services => services.Length == 3,
            Deadlines.State);

        Assert.Equal(["intake", "status", "worker"], services);
    }

    [LinuxFact]
    public async Task It_does_not_show_the_signing_secret()
    {
        using var dashboard = DashboardClient.WithKey(running);

        foreach (var view in Telemetry.Prepend("/"))
        {
            Assert.DoesNotContain(CommandSettings.SigningSecret, await dashboard.TextAsync(view), StringComparison.Ordinal);
        }
    }

    [LinuxFact]
    public async Task A_person_needs_no_key_for_the_page_and_a_program_needs_one_for_the_API()
    {
        using var anonymous = new DashboardClient(running, key: null);
        using var stranger = new DashboardClient(running, key: "another");

        Assert.Equal(200, await anonymous.StatusAsync("/"));

        foreach (var view in Telemetry)
        {
            Assert.Equal(401, await anonymous.StatusAsync(view));
            Assert.Equal(401, await stranger.StatusAsync(view));
        }
    }
}
