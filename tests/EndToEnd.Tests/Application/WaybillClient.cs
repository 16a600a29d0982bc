using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using Waybill.TestSupport;

namespace Waybill.EndToEnd.Tests.Application;

/// <summary>What a client of Waybill does: JSON over HTTP, and nothing from inside.</summary>
public sealed class WaybillClient : IDisposable
{
    public const string LocalKey = "waybill-local-key";

    private readonly HttpClient _http = new(new SocketsHttpHandler { UseProxy = false, ActivityHeadersPropagator = null });
    private readonly Uri _intake;
    private readonly Uri _status;

    public WaybillClient(Uri intake, Uri status, string? key = LocalKey)
    {
        _intake = intake;
        _status = status;
        _http.DefaultRequestHeaders.Authorization = key is null ? null : new AuthenticationHeaderValue("Bearer", key);
    }

    /// <param name="notification">The body, as JSON text.</param>
    /// <param name="headers">Such as <c>Idempotency-Key</c> and <c>traceparent</c>.</param>
    public async Task<Reply> SubmitAsync(string notification, params (string Name, string Value)[] headers)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, new Uri(_intake, "/v1/notifications"))
        {
            Content = new StringContent(notification, Encoding.UTF8, "application/json"),
        };

        foreach (var (name, value) in headers)
        {
            request.Headers.Add(name, value);
        }

        return await SendAsync(request);
    }

    /// <returns>The id of the notification, which was accepted.</returns>
    public async Task<string> AcceptedAsync(string notification, params (string Name, string Value)[] headers)
    {
        var reply = await SubmitAsync(notification, headers);
        Assert.True(reply.Status == 202, $"{reply.Status}: {reply.Json}");
        return reply.Json.Text("id");
    }

    /// <param name="action">redeliver or cancel.</param>
    public async Task<Reply> SteerAsync(string id, string action, params (string Name, string Value)[] headers)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, new Uri(_intake, $"/v1/notifications/{id}/{action}"));

        foreach (var (name, value) in headers)
        {
            request.Headers.Add(name, value);
        }

        return await SendAsync(request);
    }

    public async Task<Reply> GetAsync(string id)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, new Uri(_status, $"/v1/notifications/{id}"));
        return await SendAsync(request);
    }

    /// <summary>Reads the record until it is as expected.</summary>
    public async Task<JsonElement> RecordAsync(string id, Func<JsonElement, bool> expected) =>
        await Eventually.BecomesAsync(async () => (await GetAsync(id)).Json, expected, Deadlines.State);

    public Task<JsonElement> DeliveredAsync(string id) => RecordAsync(id, record => record.Text("status") == "SUCCESS");

    /// <summary>FAILED, and no retry to come.</summary>
    public Task<JsonElement> FailedAsync(string id) =>
        RecordAsync(id, record => record.Text("status") == "FAILED" && !record.Has("nextAttemptAt"));

    public void Dispose() => _http.Dispose();

    private async Task<Reply> SendAsync(HttpRequestMessage request)
    {
        using var response = await _http.SendAsync(request);
        var text = await response.Content.ReadAsStringAsync();
        var headers = response.Headers.ToDictionary(header => header.Key, header => string.Join(',', header.Value));

        return new Reply((int)response.StatusCode, headers, response.Content.Headers.ContentType?.MediaType, JsonElement.Parse(text));
    }
}

/// <summary>An answer as it came.</summary>
public sealed record Reply(int Status, IReadOnlyDictionary<string, string> Headers, string? MediaType, JsonElement Json);
