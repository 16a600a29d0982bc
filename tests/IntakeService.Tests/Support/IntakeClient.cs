using System.Net;
using System.Net.Http.Headers;
using System.Text;
using Waybill.TestSupport;

namespace Waybill.IntakeService.Tests.Support;

/// <summary>A client of intake with one key.</summary>
public sealed class IntakeClient
{
    private readonly HttpClient _http;

    public IntakeClient(Uri url, string? key)
    {
        _http = new HttpClient(new SocketsHttpHandler { UseProxy = false, Expect100ContinueTimeout = TimeSpan.FromSeconds(10) }) { BaseAddress = url };
        _http.DefaultRequestHeaders.Authorization = key is null ? null : new AuthenticationHeaderValue("Bearer", key);
    }

    public Task<IntakeReply> SubmitAsync(string json, string? idempotencyKey = null, CancellationToken cancellationToken = default) =>
        SubmitAsync(new StringContent(json, Encoding.UTF8, "application/json"), idempotencyKey, cancellationToken);

    public Task<IntakeReply> SubmitAsync(HttpContent? content, string? idempotencyKey = null, CancellationToken cancellationToken = default) =>
        SubmitAsync("/v1/notifications", content, idempotencyKey, cancellationToken);

    /// <summary>For a test that is not about what a busy machine does not answer in time: then a client asks again, with the same key.</summary>
    /// <returns>With 202.</returns>
    public async Task<IntakeReply> AcceptedAsync(string json)
    {
        var key = Guid.NewGuid().ToString();
        return await Eventually.BecomesAsync(() => SubmitAsync(json, key), reply => reply.StatusCode == HttpStatusCode.Accepted);
    }

    public Task<IntakeReply> SubmitBatchAsync(string json, string? idempotencyKey = null) =>
        SubmitAsync("/v1/notifications/batch", new StringContent(json, Encoding.UTF8, "application/json"), idempotencyKey, CancellationToken.None);

    /// <summary>A post without a body, such as to cancel.</summary>
    public async Task<IntakeReply> PostAsync(string path)
    {
        using var answer = await _http.PostAsync(path, null);
        return await IntakeReply.ReadAsync(answer);
    }

    public Task<IntakeReply> PostJsonAsync(string path, string json) =>
        SubmitAsync(path, new StringContent(json, Encoding.UTF8, "application/json"), null, CancellationToken.None);

    public async Task<IntakeReply> DeleteAsync(string path)
    {
        using var answer = await _http.DeleteAsync(path);
        return await IntakeReply.ReadAsync(answer);
    }

    /// <summary>With the path as it stands, which is usually put into a normal form before it is sent.</summary>
    public Task<IntakeReply> SendRawAsync(HttpMethod method, string path, string json) =>
        SendAsync(method, new Uri($"{_http.BaseAddress!.GetLeftPart(UriPartial.Authority)}{path}", new UriCreationOptions { DangerousDisablePathAndQueryCanonicalization = true }), json);

    /// <inheritdoc cref="SendAsync(HttpMethod, Uri, string?, string, ValueTuple{string, string}[])"/>
    public Task<IntakeReply> SendAsync(HttpMethod method, string path, string? json = null, string contentType = "application/json", params (string Name, string Value)[] headers) =>
        SendAsync(method, new Uri(path, UriKind.Relative), json, contentType, headers);

    /// <param name="json">Null for no body.</param>
    /// <param name="headers">Of the request, such as <c>If-Match</c>.</param>
    private async Task<IntakeReply> SendAsync(HttpMethod method, Uri path, string? json = null, string contentType = "application/json", params (string Name, string Value)[] headers)
    {
        using var request = new HttpRequestMessage(method, path);

        if (json is not null)
        {
            request.Content = new ByteArrayContent(Encoding.UTF8.GetBytes(json));
            request.Content.Headers.TryAddWithoutValidation("Content-Type", contentType);
            request.Headers.ExpectContinue = true;
        }

        foreach (var (name, value) in headers)
        {
            request.Headers.TryAddWithoutValidation(name, value);
        }

        using var answer = await _http.SendAsync(request);
        return await IntakeReply.ReadAsync(answer);
    }

    public async Task<IntakeReply> GetAsync(string path)
    {
        using var answer = await _http.GetAsync(path);
        return await IntakeReply.ReadAsync(answer);
    }

    private async Task<IntakeReply> SubmitAsync(string path, HttpContent? content, string? idempotencyKey, CancellationToken cancellationToken)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, path) { Content = content };

        // A body that is refused is then not sent at all, so that the answer can be read.
        request.Headers.ExpectContinue = content is not null;

        if (idempotencyKey is not null)
        {
            request.Headers.TryAddWithoutValidation("Idempotency-Key", idempotencyKey);
        }

        using var answer = await _http.SendAsync(request, cancellationToken);
        return await IntakeReply.ReadAsync(answer);
    }
}
