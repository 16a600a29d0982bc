using System.Runtime.CompilerServices;

namespace Waybill.Client;

/// <summary>Reads again and again what goes on by itself.</summary>
internal static class Following
{
    /// <param name="last">As it was read last.</param>
    /// <returns>Every later reading, the last of which has ended; none when it had already.</returns>
    public static async IAsyncEnumerable<T> UntilEndAsync<T>(
        T last,
        Func<T, bool> hasEnded,
        Func<CancellationToken, Task<T>> readAsync,
        TimeSpan interval,
        TimeProvider time,
        [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        while (!hasEnded(last))
        {
            await Task.Delay(interval, time, cancellationToken);
            last = await readAsync(cancellationToken);
            yield return last;
        }
    }
}
