using Amazon.Runtime;

namespace Waybill.StatusService.Store.Table;

/// <summary>
/// Credentials to sign with. Where they come from may be slow, or blocked, or away for a while (the metadata of a machine or a task, a
/// token service): it is asked beside the calls, once for all of them, and none waits for it for longer than its deadline. What was given
/// last is used for as long as DynamoDB takes it.
/// </summary>
/// <param name="find">Looks for their source; asked again when what it gave is not taken any more.</param>
internal sealed class TableCredentials(Func<AWSCredentials> find, TimeSpan deadline, TimeProvider time)
{
    /// <summary>How long what was given is used before the source is asked again, which has its own idea of when they end.</summary>
    private static readonly TimeSpan Fresh = TimeSpan.FromSeconds(5);

    private readonly Lock _lock = new();
    private AWSCredentials? _source;
    private Task<ImmutableCredentials>? _asking;
    private Given? _given;

    /// <exception cref="CredentialsUnavailableException">None came in time, and there are none from before.</exception>
    public ValueTask<ImmutableCredentials> GetAsync(CancellationToken cancellationToken)
    {
        lock (_lock)
        {
            return _given is { } given && time.GetElapsedTime(given.At) < Fresh
                ? ValueTask.FromResult(given.Credentials)
                : new ValueTask<ImmutableCredentials>(AskAsync(_asking ??= Task.Run(FindAsync, CancellationToken.None), cancellationToken));
        }
    }

    /// <summary>Those were not taken: they have ended, or been withdrawn.</summary>
    /// <returns>Whether there are others now.</returns>
    public async Task<bool> RenewAsync(ImmutableCredentials refused, CancellationToken cancellationToken)
    {
        lock (_lock)
        {
            if (_given is { } given && Equal(given.Credentials, refused))
            {
                _given = null;
                (_source as RefreshingAWSCredentials)?.ClearCredentials();
                _source = null;
            }
        }

        return !Equal(await GetAsync(cancellationToken), refused);
    }

    private async Task<ImmutableCredentials> AskAsync(Task<ImmutableCredentials> asking, CancellationToken cancellationToken)
    {
        try
        {
            var credentials = await asking.WaitAsync(deadline, time, cancellationToken);
            Keep(asking, credentials);
            return credentials;
        }
        catch (Exception exception) when (!cancellationToken.IsCancellationRequested)
        {
            // Whatever a source throws, of whichever service it asks, means the same here.
            return Drop(asking)
                ?? throw new CredentialsUnavailableException(exception is TimeoutException ? $"none came within {deadline.TotalSeconds} s" : exception.Message, exception);
        }
    }

    private async Task<ImmutableCredentials> FindAsync()
    {
        AWSCredentials? source;

        lock (_lock)
        {
            source = _source;
        }

        source ??= find();
        var credentials = await source.GetCredentialsAsync();

        lock (_lock)
        {
            _source = source;
        }

        return credentials ?? throw new InvalidOperationException("the source gave none");
    }

    private void Keep(Task<ImmutableCredentials> asking, ImmutableCredentials credentials)
    {
        lock (_lock)
        {
            if (_asking == asking)
            {
                _asking = null;
                _given = new Given(credentials, time.GetTimestamp());
            }
        }
    }

    /// <returns>Those from before, if there are any.</returns>
    private ImmutableCredentials? Drop(Task<ImmutableCredentials> asking)
    {
        lock (_lock)
        {
            if (_asking == asking)
            {
                _asking = null;
                _given = _given is { } given ? given with { At = time.GetTimestamp() } : null;
            }

            return _given?.Credentials;
        }
    }

    private static bool Equal(ImmutableCredentials one, ImmutableCredentials other) =>
        one.AccessKey == other.AccessKey && one.SecretKey == other.SecretKey && one.Token == other.Token;

    private sealed record Given(ImmutableCredentials Credentials, long At);
}
