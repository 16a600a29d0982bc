using System.Buffers;
using System.Diagnostics;
using System.IO.Pipelines;
using System.Net;
using System.Net.Http.Headers;

namespace Waybill.Notifications.StatusApi.Batching;

/// <summary>Sends calls, one or many, in one request, and gives each its answer as it comes.</summary>
internal sealed class BatchSender(StatusCalls calls)
{
    private static readonly MediaTypeHeaderValue Type = new(BatchFormat.MediaType);

    /// <summary>Never throws: each call has its answer or its failure.</summary>
    public async Task SendAsync(IReadOnlyList<PendingCall> batch)
    {
        // Each call has a span of its own at the service; what they share belongs to none of their traces.
        Activity.Current = null;
        using var timeout = new CancellationTokenSource(calls.Timeout);

        try
        {
            await ExchangeAsync(batch, timeout.Token);
            Fail(batch, new StatusUnavailableException("The status service ended its answer early."));
        }
        catch (StatusUnavailableException exception)
        {
            Fail(batch, exception);
        }
        catch (Exception exception) when (timeout.IsCancellationRequested)
        {
            Fail(batch, new StatusUnavailableException("The status service did not answer in time.", exception));
        }
        catch (Exception exception)
        {
            Fail(batch, new StatusUnavailableException($"The status service's answer cannot be read: {exception.Message}", exception));
        }
    }

    private async Task ExchangeAsync(IReadOnlyList<PendingCall> batch, CancellationToken cancellationToken)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, StatusRoutes.Prefix + StatusRoutes.Batch)
        {
            Content = StatusCalls.Content(Write(batch), Type),
        };

        using var response = await calls.Send(request, HttpCompletionOption.ResponseHeadersRead, cancellationToken);

        if (response.StatusCode != HttpStatusCode.OK)
        {
            var body = await response.Content.ReadAsByteArrayAsync(cancellationToken);
            throw new StatusResponse(response.StatusCode, body, false).Unexpected();
        }

        var reader = PipeReader.Create(await response.Content.ReadAsStreamAsync(cancellationToken));

        await foreach (var line in BatchFormat.ReadLinesAsync(reader, cancellationToken))
        {
            var (number, answer) = BatchFormat.ReadAnswer(line);
            batch[number].Complete(answer);
        }
    }

    private static ReadOnlyMemory<byte> Write(IReadOnlyList<PendingCall> batch)
    {
        var buffer = new ArrayBufferWriter<byte>(batch.Sum(call => 256 + call.Size));
        using var writer = BatchFormat.CreateWriter(buffer);

        foreach (var call in batch)
        {
            BatchFormat.WriteCall(writer, call.Take());
            BatchFormat.EndLine(writer, buffer);
        }

        return buffer.WrittenMemory;
    }

    private static void Fail(IReadOnlyList<PendingCall> batch, StatusUnavailableException exception)
    {
        foreach (var call in batch)
        {
            call.Fail(exception);
        }
    }
}
