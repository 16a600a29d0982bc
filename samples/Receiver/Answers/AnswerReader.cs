namespace Waybill.Receiver.Answers;

/// <summary>The answer that the query asks for. Every path but <c>/headers</c> takes the same parameters.</summary>
public static class AnswerReader
{
    /// <param name="parameters">Collects what is wrong.</param>
    /// <param name="query">Read for the repeatable <c>header=Name:Value</c>.</param>
    /// <param name="defaults">What the path alone means.</param>
    public static Answer Read(Parameters parameters, IQueryCollection query, Answer defaults) => defaults with
    {
        Status = (int)parameters.Number("status", defaults.Status, 200, 599, "an HTTP status code"),
        Delay = parameters.Milliseconds("delay", defaults.Delay),
        Drip = parameters.Milliseconds("drip", defaults.Drip),
        Size = query.ContainsKey("size") ? parameters.Number("size", 0, 0, Limits.MostBytes, "bytes") : defaults.Size,
        RetryAfter = parameters.HeaderValue("retryAfter") ?? defaults.RetryAfter,
        ContentType = parameters.HeaderValue("contentType") ?? defaults.ContentType,
        Verify = parameters.Number("verify", 0, 0, 1, "1 for yes") == 1,
        Headers = [.. ReadHeaders(parameters, query["header"])],
    };

    private static IEnumerable<KeyValuePair<string, string>> ReadHeaders(Parameters parameters, IEnumerable<string?> pairs)
    {
        foreach (var pair in pairs)
        {
            var parts = (pair ?? "").Split(':', 2);
            var header = KeyValuePair.Create(parts[0].Trim(), parts.Length == 2 ? parts[1].Trim() : "");

            parameters.CheckHeader("header", header.Key, header.Value);
            yield return header;
        }
    }
}
