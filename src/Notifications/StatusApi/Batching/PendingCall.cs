using System.Diagnostics;

namespace Waybill.Notifications.StatusApi.Batching;

/// <summary>A call to the internal API that waits for its answer.</summary>
internal sealed class PendingCall(string path, ReadOnlyMemory<byte>? body, bool minimal, CancellationToken cancellationToken)
{
    private readonly TaskCompletionSource<StatusAnswer> _answer = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public string Path => path;

    public ReadOnlyMemory<byte>? Body => body;

    /// <summary>Whether it wants no body where it applies, only the status.</summary>
    public bool Minimal => minimal;

    public CancellationToken CancellationToken => cancellationToken;

    /// <summary>The span of the one who asks, under which the service's own belongs.</summary>
    public Activity? Span { get; } = Activity.Current;

    public Task<StatusAnswer> Answer => _answer.Task.WaitAsync(cancellationToken);

    /// <summary>Ends with the answer or the failure, whether or not somebody still waits for it.</summary>
    public Task Done => _answer.Task;

    public void Complete(StatusAnswer answer) => _answer.TrySetResult(answer);

    /// <summary>Does nothing where there is an answer already.</summary>
    public void Fail(Exception exception) => _answer.TrySetException(exception);
}
