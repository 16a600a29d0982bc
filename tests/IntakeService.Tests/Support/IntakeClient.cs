using System.Net.Http.Headers;
using System.Text;

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

    public async Task<IntakeReply> SubmitAsync(HttpContent? content, string? idempotencyKey = null, CancellationToken cancellationToken = default)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "/v1/notifications") { Content = content };

        // A body that is refused is then not sent at all, so that the answer can be read.
        request.Headers.ExpectContinue = content is not null;

        if (idempotencyKey is not null)
        {
            request.Headers.TryAddWithoutValidation("Idempotency-Key", idempotencyKey);
        }

        using var answer = await _http.SendAsync(request, cancellationToken);
        return await IntakeReply.ReadAsync(answer);
    }

    /// <summary>A post without a body, such as to cancel.</summary>
    public async Task<IntakeReply> PostAsync(string path)
    {
        using var answer = await _http.PostAsync(path, null);
        return await IntakeReply.ReadAsync(answer);
    }

    public async Task<IntakeReply> GetAsync(string path)
    {
        using var answer = await _http.GetAsync(path);
        return await IntakeReply.ReadAsync(answer);
    }
}
