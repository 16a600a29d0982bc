using System.Diagnostics;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json;

namespace Waybill.AppHost.Local;

/// <summary>Delivers one notification to the sample receiver, the way a client would: the proof that all parts work together,
/// signature included, as that URL refuses what is not signed.</summary>
internal sealed class FirstDelivery(string intakeUrl, string receiverUrl, string apiKey)
{
    private static readonly TimeSpan Deadline = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(100);

    /// <returns>One sentence for people; a failure is told, not thrown.</returns>
    public async Task<string> MakeAsync(CancellationToken cancellationToken)
    {
        using var http = new HttpClient();
        http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", apiKey);

        try
        {
            return await DeliverAsync(http, cancellationToken);
        }
        catch (Exception problem) when (problem is HttpRequestException or JsonException or TaskCanceledException && !cancellationToken.IsCancellationRequested)
        {
            return $"But the first notification failed: {problem.Message}";
        }
    }

    private async Task<string> DeliverAsync(HttpClient http, CancellationToken cancellationToken)
    {
        var body = new { url = $"{receiverUrl}/ok?verify=1", payload = new { hello = "from the start-up of Waybill" } };
        using var answer = await http.PostAsJsonAsync($"{intakeUrl}/v1/notifications", body, cancellationToken);
        var accepted = await answer.Content.ReadFromJsonAsync<JsonElement>(cancellationToken);

        if (!answer.IsSuccessStatusCode)
        {
            return $"But the first notification was refused: {accepted}";
        }

        var id = accepted.GetProperty("id").GetString();
        var statusUrl = accepted.GetProperty("statusUrl").GetString();
        var watch = Stopwatch.StartNew();

        while (watch.Elapsed < Deadline)
        {
            var record = await http.GetFromJsonAsync<JsonElement>(statusUrl, cancellationToken);
            var status = record.GetProperty("status").GetString();

            if (status is "SUCCESS" or "FAILED")
            {
                return $"A first notification, {id}, ended {status}.";
            }

            await Task.Delay(Interval, cancellationToken);
        }

        return $"But the first notification, {id}, was not delivered within {Deadline.TotalSeconds:0} s: look at it at {statusUrl}.";
    }
}
