using System.CommandLine;
using Waybill.Client;

namespace Waybill.Cli.Input;

/// <summary>The fields of a notification besides its payload. What is allowed, intake says.</summary>
internal sealed class DraftOptions
{
    private readonly Option<string?> _method = new("--method", "-X") { Description = "POST by default." };
    private readonly Option<string[]> _headers = HeaderLines.Option();
    private readonly Option<string?> _correlationId = new("--correlation-id") { Description = "Echoed everywhere." };
    private readonly Option<int?> _timeout = new("--timeout") { Description = "Seconds for one attempt; 15 by default." };
    private readonly Option<DateTimeOffset?> _deliverAt = Times.ExactOption("--deliver-at", "When to deliver it; at once by default.");
    private readonly Option<bool> _notify = new("--notify") { Description = "Tell the endpoints of the tenant waybill when it is delivered." };
    private readonly Option<int[]?> _retries = Retries.Option();

    public void AddTo(Command command)
    {
        Option[] options = [_method, _headers, _correlationId, _timeout, _deliverAt, _notify, _retries];

        foreach (var option in options)
        {
            command.Options.Add(option);
        }
    }

    public NotificationDraft Draft(ParseResult parsed, string url, GivenPayload payload) => new()
    {
        Url = url,
        Method = parsed.GetValue(_method),
        Headers = HeaderLines.Read(parsed, _headers),
        Payload = payload.Json,
        PayloadText = payload.Text,
        PayloadBase64 = payload.Base64,
        ContentType = payload.ContentType,
        CorrelationId = parsed.GetValue(_correlationId),
        TimeoutSeconds = parsed.GetValue(_timeout),
        DeliverAt = parsed.GetValue(_deliverAt),
        Notify = parsed.GetValue(_notify) ? true : null,
        RetrySchedule = Retries.Read(parsed, _retries),
    };
}
