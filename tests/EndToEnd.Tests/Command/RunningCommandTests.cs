using Waybill.EndToEnd.Tests.Application;
using Waybill.TestSupport;

namespace Waybill.EndToEnd.Tests.Command;

/// <summary>One command brings everything up; a second one that would get in its way says so, and another one does not.</summary>
[Collection(RunningCommandCollection.Name)]
[Trait(Ladder.Name, Ladder.Full)]
public sealed class RunningCommandTests(RunningCommand running)
{
    [LinuxFact]
    public void It_says_that_it_is_ready_once_a_first_notification_was_delivered_and_says_nothing_else()
    {
        PrintedReport.Check(running.Command.Printed);
        Assert.Contains($"http://localhost:{running.Settings.Intake}/v1/notifications", running.Command.Printed, StringComparison.Ordinal);
        Assert.Contains($"http://localhost:{running.Settings.Dashboard}", running.Command.Printed, StringComparison.Ordinal);
        Assert.Contains(WaybillClient.LocalKey, running.Command.Printed, StringComparison.Ordinal);
    }

    [LinuxFact]
    public void A_signing_secret_that_is_given_signs_what_the_receiver_verifies_and_is_not_printed()
    {
        Assert.Contains("ended SUCCESS", running.Command.Printed, StringComparison.Ordinal);
        Assert.DoesNotContain(CommandSettings.SigningSecret, running.Command.Printed, StringComparison.Ordinal);
    }

    [LinuxFact]
    public async Task A_second_start_on_the_same_data_says_so_and_ends()
    {
        await using var second = await AppHostCommand.StartAsync(new CommandSettings(running.Settings.DataFolder));

        Assert.Equal(1, await second.ExitCodeAsync());
        Assert.Contains($"Waybill is running already, on the data in {running.Settings.DataFolder}", second.Printed, StringComparison.Ordinal);
        Assert.Empty(second.Processes());
    }

    [LinuxFact]
    public async Task Two_on_other_ports_and_data_deliver_side_by_side_and_the_end_of_one_leaves_the_other()
    {
        using var data = new TemporaryFolder();
        await using var second = await AppHostCommand.StartReadyAsync(new CommandSettings(data.Path));

        await Task.WhenAll(DeliversAsync(running.Command), DeliversAsync(second));

        await second.InterruptAsync();
        Assert.Equal(0, await second.ExitCodeAsync());
        await second.AllEndedAsync();

        await DeliversAsync(running.Command);
    }

    private static async Task DeliversAsync(AppHostCommand command)
    {
        using var client = command.CreateClient();
        var id = await client.AcceptedAsync($$"""{ "url": "{{command.ReceiverUrl}}/ok" }""");

        await client.DeliveredAsync(id);

        using var receiver = new ReceiverClient(new Uri(command.ReceiverUrl));
        Assert.Single(await receiver.CallsAsync(id));
    }
}
