using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Waybill.Client.Retrying;

namespace Waybill.Client.Calls;

/// <summary>Calls of one service, each made again where that may help and does no harm.</summary>
internal sealed class ApiCalls(HttpClient http, Uri service, string apiKey, TimeSpan timeout, TimeProvider time)
{
    private const string JsonMediaType = "application/json";
    private const string ProblemMediaType = "application/problem+json";

    private readonly Uri _base = service.AbsoluteUri.EndsWith('/') ? service : new Uri(service.AbsoluteUri + "/");
    private readonly AuthenticationHeaderValue _authorization = new("Bearer", apiKey);

    public Task<T> SendAsync<T>(ApiCall call, JsonTypeInfo<T> type, Repetition repetition, CancellationToken cancellationToken) =>
        RepeatAsync(call, repetition, () => OnceAsync(call, type, cancellationToken), cancellationToken);

    /// <summary>For what is answered with nothing.</summary>
    public Task SendAsync(ApiCall call, Repetition repetition, CancellationToken cancellationToken) =>
        RepeatAsync(call, repetition, () => OnceAsync(call, cancellationToken), cancellationToken);

    /// <returns>The answer as soon as its headers are there, for the caller to read and dispose of.</returns>
    public Task<HttpResponseMessage> OpenAsync(ApiCall call, string mediaType, Repetition repetition, CancellationToken cancellationToken) =>
        RepeatAsync(call, repetition, () => OpenOnceAsync(call, mediaType, cancellationToken), cancellationToken);

    private static async Task<T> RepeatAsync<T>(ApiCall call, Repetition repetition, Func<Task<T>> onceAsync, CancellationToken cancellationToken)
    {
        using var activity = WaybillClientTelemetry.Start(repetition.Operation);

        while (true)
        {
            try
            {
                return await onceAsync();
            }
            catch (Exception exception) when (!cancellationToken.IsCancellationRequested && Passing.MayBeRepeated(exception, call.IsRepeatable))
            {
                if (!await repetition.WaitAsync(Passing.RetryAfter(exception), Passing.Reason(exception), cancellationToken))
                {
                    activity.Fail(exception);
                    throw;
                }
            }
            catch (Exception exception)
            {
                activity.Fail(exception);
                throw;
            }
        }
    }

    private async Task<T> OnceAsync<T>(ApiCall call, JsonTypeInfo<T> type, CancellationToken cancellationToken)
    {
        using var request = Request(call);
        using var response = await SendAsync(request, HttpCompletionOption.ResponseContentRead, cancellationToken);

        return response.IsSuccessStatusCode
            ? await ReadAsync(request, response, JsonMediaType, type, cancellationToken)
            : throw await ProblemAsync(request, response, cancellationToken);
    }

    private async Task<bool> OnceAsync(ApiCall call, CancellationToken cancellationToken)
    {
        using var request = Request(call);
        using var response = await SendAsync(request, HttpCompletionOption.ResponseContentRead, cancellationToken);

        if (response.StatusCode == HttpStatusCode.NoContent)
        {
            return true;
        }

        throw response.IsSuccessStatusCode ? NoAnswer(request, response) : await ProblemAsync(request, response, cancellationToken);
    }

    private async Task<HttpResponseMessage> OpenOnceAsync(ApiCall call, string mediaType, CancellationToken cancellationToken)
    {
        using var request = Request(call);
        var response = await SendAsync(request, HttpCompletionOption.ResponseHeadersRead, cancellationToken);

        if (response.IsSuccessStatusCode && response.Content.Headers.ContentType?.MediaType == mediaType)
        {
            return response;
        }

        using (response)
        {
            throw response.IsSuccessStatusCode ? NoAnswer(request, response) : await ProblemAsync(request, response, cancellationToken);
        }
    }

    /// <exception cref="HttpRequestException">There is no answer, or none in time.</exception>
    private async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, HttpCompletionOption completion, CancellationToken cancellationToken)
    {
        using var late = new CancellationTokenSource(timeout, time);
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, late.Token);

        try
        {
            return await http.SendAsync(request, completion, stop.Token);
        }
        catch (OperationCanceledException exception) when (!cancellationToken.IsCancellationRequested)
        {
            var within = late.IsCancellationRequested ? timeout : http.Timeout;
            var message = string.Create(CultureInfo.InvariantCulture, $"{request.RequestUri} gave no answer within {within.TotalSeconds:0.#} seconds.");

            throw new HttpRequestException(message, new TimeoutException(message, exception));
        }
    }

    private HttpRequestMessage Request(ApiCall call)
    {
        var request = new HttpRequestMessage(call.Method, new Uri(_base, call.Path)) { Headers = { Authorization = _authorization }, Content = call.Content() };

        if (call.IdempotencyKey is { } key)
        {
            request.Headers.Add("Idempotency-Key", key);
        }

        if (call.IfVersion is { } version)
        {
            request.Headers.IfMatch.Add(new EntityTagHeaderValue(string.Create(CultureInfo.InvariantCulture, $"\"{version}\"")));
        }

        return request;
    }

    private async Task<WaybillProblemException> ProblemAsync(HttpRequestMessage request, HttpResponseMessage response, CancellationToken cancellationToken) =>
        WaybillProblemException.Of(
            response.StatusCode,
            await ReadAsync(request, response, ProblemMediaType, ClientJson.Default.WaybillProblem, cancellationToken),
            RetryAfter(response));

    /// <summary>In seconds or as a date, which is held against the service's own clock where the answer has it.</summary>
    private TimeSpan? RetryAfter(HttpResponseMessage response) => response.Headers.RetryAfter switch
    {
        { Delta: { } delta } => delta,
        { Date: { } date } when date - (response.Headers.Date ?? time.GetUtcNow()) is var left => left > TimeSpan.Zero ? left : TimeSpan.Zero,
        _ => null,
    };

    private static async Task<T> ReadAsync<T>(
        HttpRequestMessage request,
        HttpResponseMessage response,
        string mediaType,
        JsonTypeInfo<T> type,
        CancellationToken cancellationToken)
    {
        if (response.Content.Headers.ContentType?.MediaType != mediaType)
        {
            throw NoAnswer(request, response);
        }

        try
        {
            return await response.Content.ReadFromJsonAsync(type, cancellationToken) ?? throw NoAnswer(request, response);
        }
        catch (JsonException)
        {
            throw NoAnswer(request, response);
        }
    }

    /// <summary>Something else listens there, or stands between.</summary>
    private static HttpRequestException NoAnswer(HttpRequestMessage request, HttpResponseMessage response) =>
        new($"{request.RequestUri} answered {(int)response.StatusCode} {response.ReasonPhrase}, which is no answer of Waybill.", null, response.StatusCode);
}
