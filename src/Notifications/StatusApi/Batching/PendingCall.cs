using System.Diagnostics;

namespace Waybill.Notifications.StatusApi.Batching;

/// <summary>A call to the internal API that waits for its answer.</summary>
/// <param name="body">JSON; empty for none.</param>
/// <param name="minimal">Whether it wants no body where it applies, only the status.</param>
internal sealed class PendingCall(string transition, string id, ReadOnlyMemory<byte> body, bool minimal, CancellationToken cancellationToken)
{
    private readonly TaskCompletionSource<StatusResponse> _answer = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>The span of the one who asks, under which the service's own belongs.</summary>
    private readonly Activity? _span = Activity.Current;

    private ReadOnlyMemory<byte> _body = body;

    /// <summary>In bytes, of what it still holds.</summary>
    public int Size => _body.Length;

    public CancellationToken CancellationToken => cancellationToken;

    public Task<StatusResponse> Answer => _answer.Task.WaitAsync(cancellationToken);

    /// <summary>Ends with the answer or the failure, whether or not somebody still waits for it.</summary>
    public Task Done => _answer.Task;

    /// <summary>What is to be written into the request, once: from then on that holds the body, which may be large, and nobody else.</summary>
    public BatchedCall Take()
    {
        var call = new BatchedCall(transition, id, _span?.Id, minimal, _body);
        _body = default;
        return call;
    }

    public void Complete(StatusResponse answer) => _answer.TrySetResult(answer);

    /// <summary>Does nothing where there is an answer already.</summary>
    public void Fail(Exception exception) => _answer.TrySetException(exception);
}
