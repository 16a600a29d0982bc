using Waybill.Client;
using Waybill.Notifications.Records;

namespace Waybill.Cli.Commands.Listening;

/// <summary>Asks for what has arrived, has it forwarded one after the other, and prints what came of it. Trouble that may pass is said once, and does not end it.</summary>
internal sealed class Listener(CommandContext context, Arrivals arrivals, Forwarder forwarder)
{
    private bool _isCut;

    /// <param name="interval">Between two questions.</param>
    /// <returns>Never by itself, but with an exception: at the first question, where nothing is known to have ever worked, with any; later with one that does not pass.</returns>
    public async Task<int> RunAsync(TimeSpan interval)
    {
        using var timer = new PeriodicTimer(interval);
        var first = await arrivals.NextAsync(context.CancellationToken);
        Console.Error.WriteLine("Listening, until Ctrl+C.");
        await ForwardAsync(first);

        while (await timer.WaitForNextTickAsync(context.CancellationToken))
        {
            try
            {
                var arrived = await arrivals.NextAsync(context.CancellationToken);
                Say(isCut: false, "Waybill answers again.");
                await ForwardAsync(arrived);
            }
            catch (Exception exception) when (IsPassing(exception))
            {
                Say(isCut: true, $"{exception.Message} Asking again.");
            }
        }

        return ExitCode.Done;
    }

    private async Task ForwardAsync(IReadOnlyList<NotificationView> arrived)
    {
        foreach (var notification in arrived)
        {
            context.Printer.Print(await ForwardAsync(notification), Forwarded.Line);
        }
    }

    private async Task<Forwarded> ForwardAsync(NotificationView notification)
    {
        try
        {
            var stored = await context.Client.GetRequestAsync(notification.Id, context.CancellationToken);
            return await forwarder.ForwardAsync(notification, stored, context.CancellationToken);
        }
        catch (Exception exception) when (exception is WaybillProblemException or HttpRequestException)
        {
            return new Forwarded
            {
                Id = notification.Id,
                WebhookId = notification.EventId ?? notification.Id,
                EventType = notification.EventType,
                Error = $"its request cannot be read: {exception.Message}",
            };
        }
    }

    private void Say(bool isCut, string text)
    {
        if (isCut != _isCut)
        {
            _isCut = isCut;
            Console.Error.WriteLine(text);
        }
    }

    private bool IsPassing(Exception exception) => exception switch
    {
        WaybillProblemException problem => CommandRunner.IsPassing(problem.StatusCode),
        OperationCanceledException => !context.CancellationToken.IsCancellationRequested,
        _ => exception is HttpRequestException,
    };
}
