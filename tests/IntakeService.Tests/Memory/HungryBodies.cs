using System.Text;

namespace Waybill.IntakeService.Tests.Memory;

/// <summary>Bodies that are within the limits and would fill the memory of a service that makes more of them than it needs.</summary>
internal static class HungryBodies
{
    public const string Single = "/v1/notifications";
    public const string Batch = "/v1/notifications/batch";
    public const string PayloadsOfZeros = "a batch of a hundred payloads of 0,0,0";

    public const string PayloadInBase64 = "a payload in Base64";

    private const int SingleBytes = 512 * 1024;
    private const int BatchBytes = 8 * 1024 * 1024;
    private const int PayloadBytes = 256 * 1024;
    private const int EntryBytes = BatchBytes / 100;
    private const string Url = "\"url\":\"http://127.0.0.1:9/hook\"";

    /// <summary>By name: where it is posted, and what.</summary>
    public static IReadOnlyDictionary<string, (string Path, Func<string> Body)> All { get; } = new Dictionary<string, (string Path, Func<string> Body)>
    {
        ["a batch of 0,0,0"] = (Batch, () => Filled("""{"notifications":[0""", ",0", "]}", BatchBytes)),
        [PayloadsOfZeros] = (Batch, () => Entries("\"payload\":[0", ",0", "]")),
        ["a batch of a hundred payloads of small texts"] = (Batch, () => Entries("\"payload\":[\"\"", ",\"a\"", "]")),
        ["a batch of a hundred payloads of small objects"] = (Batch, () => Entries("\"payload\":[{}", ",{\"a\":{}}", "]")),
        ["a batch of a hundred payloads that nest deeply"] = (Batch, () => Entries("\"payload\":[0", $",{new string('[', 250)}{new string(']', 250)}", "]")),
        ["a batch of a hundred texts of escapes"] = (Batch, () => Entries("\"payloadText\":\"", "\\u0000", "\"")),
        ["a batch of a hundred with too many headers"] = (Batch, () => Entries("\"headers\":{\"\":0", ",\"\":0", "}")),
        ["a batch of a hundred with unknown fields"] = (Batch, () => Entries("\"a\":0", ",\"\":[0]", "")),
        ["a batch of a hundred URLs of 0,0,0"] = (Batch, () => Entries("\"a\":0,\"url\":[0", ",0", "]")),
        ["a batch of fields without an end"] = (Batch, () => Filled("{\"a\":0", ",\"\":0", "}", BatchBytes)),
        ["a batch of one long name"] = (Batch, () => Filled("{\"", "n", "\":0}", BatchBytes)),
        ["a batch of white space"] = (Batch, () => Filled("", " ", "", BatchBytes)),
        ["a batch of one entry of white space"] = (Batch, () => Filled($$"""{"notifications":[{{{Url}},"payload":[""", " ", "0]}]}", BatchBytes)),
        ["a payload of 0,0,0"] = (Single, () => Filled($$"""{{{Url}},"payload":[0""", ",0", "]}", PayloadBytes)),
        [PayloadInBase64] = (Single, () => Filled($$"""{{{Url}},"payloadBase64":"AAAA""", "AAAA", "\"}", PayloadBytes / 3 * 4)),
        ["a text of escapes"] = (Single, () => Filled("{" + Url + ",\"payloadText\":\"", "\\u0000", "\"}", SingleBytes)),
        ["headers without an end"] = (Single, () => Filled($$"""{{{Url}},"headers":{"":0""", ",\"\":0", "}}", SingleBytes)),
        ["a long schedule"] = (Single, () => Filled($$"""{{{Url}},"retrySchedule":[0""", ",0", "]}", SingleBytes)),
        ["a long URL"] = (Single, () => Filled("{\"url\":\"http://127.0.0.1:9/", "\\u0061", "\"}", SingleBytes)),
    };

    public static byte[] BytesOf(string name) => Encoding.UTF8.GetBytes(All[name].Body());

    private static string Entries(string start, string filling, string end)
    {
        var entry = Filled($$"""{{{Url}},{{start}}""", filling, end + "}", EntryBytes);
        return $$"""{"notifications":[{{string.Join(',', Enumerable.Repeat(entry, 100))}}]}""";
    }

    private static string Filled(string start, string filling, string end, int bytes)
    {
        var text = new StringBuilder(start, bytes);
        var times = (bytes - start.Length - end.Length - 2) / filling.Length;
        return text.Insert(start.Length, filling, times).Append(end).ToString();
    }
}
