using System.Buffers;
using System.Net;
using System.Net.Http.Headers;
using System.Text.Json;
using Amazon.Runtime;
using Waybill.Notifications.Telemetry;

namespace Waybill.StatusService.Store.Table;

/// <summary>Reads an answer's body.</summary>
internal delegate T ReadAnswer<out T>(ReadOnlySpan<byte> body);

/// <summary>One signed HTTP request for each call, to DynamoDB's JSON protocol (version 20120810).</summary>
internal sealed class SignedCalls : IDisposable
{
    /// <summary>Connections that DNS may have moved away from are not kept for longer.</summary>
    private static readonly TimeSpan ConnectionLifetime = TimeSpan.FromMinutes(5);

    private static readonly MediaTypeHeaderValue Type = new(RequestSigner.ContentType);

    private readonly Uri _endpoint;
    private readonly RequestSigner _signer;
    private readonly TableCredentials _credentials;
    private readonly SigningClock _clock;
    private readonly HttpClient _http;

    public SignedCalls(Uri endpoint, RequestSigner signer, TableCredentials credentials, TimeSpan timeout, TimeProvider time)
    {
        _endpoint = endpoint;
        _signer = signer;
        _credentials = credentials;
        _clock = new SigningClock(time);

        // No spans of its own: TableCalls makes one for each operation, and DynamoDB takes no trace context.
#pragma warning disable RS0030 // One handler for the life of the process, set up here; a factory would renew it, and with it the connections.
        _http = new HttpClient(new SocketsHttpHandler
        {
            ActivityHeadersPropagator = null,
            AllowAutoRedirect = false,
            PooledConnectionLifetime = ConnectionLifetime,
            UseCookies = false,
        })
        {
            Timeout = timeout,
        };
#pragma warning restore RS0030
    }

    public async Task<TAnswer> SendAsync<TRequest, TAnswer>(
        string operation,
        TRequest request,
        Action<Utf8JsonWriter, TRequest> write,
        ReadAnswer<TAnswer> read,
        CancellationToken cancellationToken)
        where TAnswer : TableResult
    {
        var (answer, error) = await TryAsync(operation, request, write, read, cancellationToken);
        return answer ?? throw error!.ToException();
    }

    /// <summary>Of a put or an update, whose failed condition is no error.</summary>
    public async Task<WriteResult> WriteAsync<TRequest>(
        string operation,
        TRequest request,
        Action<Utf8JsonWriter, TRequest> write,
        CancellationToken cancellationToken)
    {
        var (answer, error) = await TryAsync(operation, request, write, ResponseJson.ReadWrite, cancellationToken);

        return answer ?? (error!.IsRefusal ? Read(error.Item, ResponseJson.ReadRefusal) : throw error.ToException());
    }

    public void Dispose() => _http.Dispose();

    private async Task<(TAnswer? Answer, CallError? Error)> TryAsync<TRequest, TAnswer>(
        string operation,
        TRequest request,
        Action<Utf8JsonWriter, TRequest> write,
        ReadAnswer<TAnswer> read,
        CancellationToken cancellationToken)
        where TAnswer : TableResult
    {
        var body = Body(request, write);
        var credentials = await _credentials.GetAsync(cancellationToken);
        var (answer, error) = await TryOnceAsync(operation, body, credentials, read, cancellationToken);

        // Refused for who asks, or when: nothing was done, and with other credentials or another time it may be.
        if (error is not null && await MayBeMendedAsync(error, credentials, cancellationToken))
        {
            (answer, error) = await TryOnceAsync(operation, body, await _credentials.GetAsync(cancellationToken), read, cancellationToken);
        }

        return (answer, error);
    }

    private async Task<bool> MayBeMendedAsync(CallError error, ImmutableCredentials credentials, CancellationToken cancellationToken) =>
        _clock.Correct(error.Code, error.Date)
        || (error.IsAboutCredentials && await _credentials.RenewAsync(credentials, cancellationToken));

    private async Task<(TAnswer? Answer, CallError? Error)> TryOnceAsync<TAnswer>(
        string operation,
        ReadOnlyMemory<byte> body,
        ImmutableCredentials credentials,
        ReadAnswer<TAnswer> read,
        CancellationToken cancellationToken)
        where TAnswer : TableResult
    {
        using var message = Message(operation, body, credentials);
        var received = 0;

        try
        {
            using var response = await _http.SendAsync(message, cancellationToken);
            var answer = await response.Content.ReadAsByteArrayAsync(cancellationToken);
            received = answer.Length;

            return response.StatusCode == HttpStatusCode.OK ? (Read(answer, read), null) : (null, CallError.Read(response, answer));
        }
        finally
        {
            WaybillMetrics.AwsCallMade("DynamoDB", operation, body.Length, received);
        }
    }

    /// <exception cref="AmazonClientException">Something between here and DynamoDB has answered, or cut the answer.</exception>
    private static TAnswer Read<TAnswer>(byte[] body, ReadAnswer<TAnswer> read)
    {
        try
        {
            return read(body);
        }
        catch (Exception exception) when (exception is JsonException or InvalidOperationException)
        {
            throw new AmazonClientException("The answer is not one of DynamoDB's.", exception);
        }
    }

    private static ReadOnlyMemory<byte> Body<TRequest>(TRequest request, Action<Utf8JsonWriter, TRequest> write)
    {
        var buffer = new ArrayBufferWriter<byte>(2048);
        using var writer = new Utf8JsonWriter(buffer, new JsonWriterOptions { SkipValidation = true });

        write(writer, request);
        writer.Flush();
        return buffer.WrittenMemory;
    }

    private HttpRequestMessage Message(string operation, ReadOnlyMemory<byte> body, ImmutableCredentials credentials)
    {
        var message = new HttpRequestMessage(HttpMethod.Post, _endpoint) { Content = new ReadOnlyMemoryContent(body) };
        message.Content.Headers.ContentType = Type;

        foreach (var (name, value) in _signer.Headers(_endpoint, "DynamoDB_20120810." + operation, body.Span, credentials, _clock.Now))
        {
            message.Headers.TryAddWithoutValidation(name, value);
        }

        return message;
    }
}
