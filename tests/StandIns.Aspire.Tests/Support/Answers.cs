namespace StandIns.Aspire.Tests.Support;

internal static class Answers
{
    /// <summary>Asks until the answer contains all that is expected; the last answer is in the failure.</summary>
    public static async Task ContainAsync(Uri address, IReadOnlyCollection<string> expected, CancellationToken deadline)
    {
        using var client = new HttpClient();
        var answer = "";

        try
        {
            while (!expected.All(text => answer.Contains(text, StringComparison.Ordinal)))
            {
                await Task.Delay(TimeSpan.FromMilliseconds(50), deadline);
                answer = await client.GetStringAsync(address, deadline);
            }
        }
        catch (OperationCanceledException)
        {
            Assert.Fail($"{address} never said all of {string.Join(", ", expected)}, but at last: {answer}");
        }
    }
}
