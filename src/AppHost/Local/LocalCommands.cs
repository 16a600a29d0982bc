using System.Globalization;
using Waybill.Client;
using Waybill.Notifications.StatusApi.Redeliveries;

namespace Waybill.AppHost.Local;

/// <summary>
/// What a person can do at a resource in the dashboard, beside start and stop. Each tells what became of it: success is said only
/// of what has happened.
/// </summary>
internal static class LocalCommands
{
    private static readonly TimeSpan Window = TimeSpan.FromHours(1);

    /// <summary>How long a redelivery is followed; it goes on by itself.</summary>
    private static readonly TimeSpan Followed = TimeSpan.FromSeconds(60);

    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(250);

    public static void AddCommands(this WaybillResources waybill)
    {
        AddSend(waybill);
        AddRedeliver(waybill);
        AddBreak(waybill);
        AddRepair(waybill);
    }

    private static void AddSend(WaybillResources waybill) => waybill.Intake.WithCommand(
        "send",
        "Send a test notification",
        context => SendAsync(waybill, context),
        new CommandOptions
        {
            Description = "Delivers one notification with a single attempt, and tells what the receiver answered.",
            IconName = "Send",
            IsHighlighted = true,
            Progress = new CommandProgressOptions { Message = "Delivering it" },
            Arguments =
            [
                new InteractionInput
                {
                    Name = "url",
                    Label = "URL",
                    Description = "Where to. Empty: the sample receiver.",
                    InputType = InputType.Text,
                    Placeholder = "http://localhost:5199/ok",
                    MaxLength = 2048,
                },
            ],
        });

    private static void AddRedeliver(WaybillResources waybill) => waybill.Intake.WithCommand(
        "redeliver",
        "Redeliver what failed in the last hour",
        context => RedeliverAsync(waybill, context),
        new CommandOptions
        {
            Description = "Starts a bulk redelivery of everything that was created in the last hour and has failed for good, and follows it.",
            ConfirmationMessage = "Deliver everything once more that was created in the last hour and has failed for good?",
            IconName = "ArrowRepeatAll",
            Progress = new CommandProgressOptions { Message = "Redelivering" },
        });

    private static void AddBreak(WaybillResources waybill) => waybill.Receiver.WithCommand(
        "break",
        "Break it",
        context => BreakAsync(waybill, context),
        new CommandOptions
        {
            Description = "Every URL of the receiver answers with a failure, until it is repaired.",
            IconName = "PlugDisconnected",
            Arguments =
            [
                new InteractionInput
                {
                    Name = "status",
                    Label = "Answer",
                    Description = "The status code of every answer: 400 to 599.",
                    InputType = InputType.Number,
                    Value = "503",
                    Required = true,
                },
            ],
            ValidateArguments = CheckStatus,
        });

    private static void AddRepair(WaybillResources waybill) => waybill.Receiver.WithCommand(
        "repair",
        "Repair it",
        context => RepairAsync(waybill, context),
        new CommandOptions { Description = "The URLs answer as they say again.", IconName = "Wrench" });

    private static async Task<ExecuteCommandResult> SendAsync(WaybillResources waybill, ExecuteCommandContext context)
    {
        var url = Argument(context.Arguments, "url") is { Length: > 0 } typed ? typed : $"{waybill.ReceiverUrl}/ok";
        var client = await waybill.ClientAsync(context.CancellationToken);
        var outcome = await TestDelivery.MakeAsync(client, url, context.CancellationToken);

        return outcome switch
        {
            { Delivered: true, Record.DeliveryResult: { } result } => Done(
                string.Create(CultureInfo.InvariantCulture, $"{outcome.Id} was delivered: {result.StatusCode} {result.StatusText} after {result.ResponseTime:0.0} ms.")),
            { Record.DeliveryResult: { } result } => CommandResults.Failure($"{outcome.Id} failed: {result.ErrorDetails?.Message ?? result.Category.Text()}"),
            { Id: { } id } => CommandResults.Failure($"{id} {outcome.Trouble}."),
            _ => CommandResults.Failure($"The notification {outcome.Trouble}"),
        };
    }

    private static async Task<ExecuteCommandResult> RedeliverAsync(WaybillResources waybill, ExecuteCommandContext context)
    {
        var client = await waybill.ClientAsync(context.CancellationToken);
        var now = DateTimeOffset.UtcNow;

        try
        {
            var job = await client.StartRedeliveryAsync(new BulkRedeliveryDraft { From = now - Window, To = now }, context.CancellationToken);
            return Outcome(await client.FollowAsync(job, Interval, context.CancellationToken).LastWithinAsync(Followed, job));
        }
        catch (WaybillProblemException refused)
        {
            return CommandResults.Failure(refused.Problem.ToString());
        }
        catch (HttpRequestException problem)
        {
            return CommandResults.Failure(problem.Message);
        }
    }

    private static ExecuteCommandResult Outcome(BulkRedelivery job)
    {
        var counts = string.Create(
            CultureInfo.InvariantCulture,
            $"{job.Counts.Redelivered} of {job.Counts.Matched} that failed are on their way once more, {job.Counts.Skipped} were skipped ({job.Id})");

        return job.Status switch
        {
            var status when status == RedeliveryJobStatus.Completed && job.Counts.Matched == 0 => Done("Nothing that was created in the last hour has failed for good."),
            var status when status == RedeliveryJobStatus.Completed => Done($"{counts}."),
            var status when status == RedeliveryJobStatus.Running => Done($"{counts}. It goes on by itself."),
            _ => CommandResults.Failure($"{counts}. Somebody stopped it."),
        };
    }

    private static Task CheckStatus(InputsDialogValidationContext context)
    {
        var input = context.Inputs["status"];

        if (!int.TryParse(input.Value, CultureInfo.InvariantCulture, out var status) || status is < 400 or > 599)
        {
            context.AddValidationError(input, "A status code of a failure: 400 to 599.");
        }

        return Task.CompletedTask;
    }

    private static async Task<ExecuteCommandResult> BreakAsync(WaybillResources waybill, ExecuteCommandContext context)
    {
        var status = Argument(context.Arguments, "status");
        using var request = new HttpRequestMessage(HttpMethod.Put, $"{waybill.ReceiverUrl}/broken?status={Uri.EscapeDataString(status)}");

        return await AskReceiverAsync(request, $"Every URL answers {status} from now on.", context.CancellationToken);
    }

    private static async Task<ExecuteCommandResult> RepairAsync(WaybillResources waybill, ExecuteCommandContext context)
    {
        using var request = new HttpRequestMessage(HttpMethod.Delete, $"{waybill.ReceiverUrl}/broken");
        return await AskReceiverAsync(request, "Its URLs answer as they say again.", context.CancellationToken);
    }

    private static async Task<ExecuteCommandResult> AskReceiverAsync(HttpRequestMessage request, string done, CancellationToken cancellationToken)
    {
        try
        {
            using var answer = await WaybillResources.Http.SendAsync(request, cancellationToken);

            return answer.IsSuccessStatusCode
                ? Done(done)
                : CommandResults.Failure($"The receiver answered {(int)answer.StatusCode}: {await answer.Content.ReadAsStringAsync(cancellationToken)}");
        }
        catch (HttpRequestException problem)
        {
            return CommandResults.Failure($"The receiver did not answer: {problem.Message}");
        }
    }

    /// <summary>As a result, too: of a message alone a terminal shows nothing.</summary>
    private static ExecuteCommandResult Done(string what) => CommandResults.Success(what, what);

    private static string Argument(InteractionInputCollection arguments, string name) => arguments[name].Value?.Trim() ?? "";
}
