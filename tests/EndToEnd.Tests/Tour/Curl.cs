using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;

namespace Waybill.EndToEnd.Tests.Tour;

/// <summary>As much of curl as the tour uses, as a build machine may have none: <c>-s</c>, <c>-H</c>, <c>-d</c> and a URL.</summary>
internal static partial class Curl
{
    /// <returns>The JSON of the answer.</returns>
    public static async Task<JsonElement> RunAsync(string command)
    {
        var parts = Part().Matches(command.Replace("\\\n", "", StringComparison.Ordinal)).Select(match => match.Value.Trim('\'')).ToList();
        Assert.Equal(["curl", "-s"], parts[..2]);

        using var request = new HttpRequestMessage();
        Apply(request, new Queue<string>(parts[2..]));
        using var http = new HttpClient(new SocketsHttpHandler { UseProxy = false });
        using var answer = await http.SendAsync(request);

        return JsonElement.Parse(await answer.Content.ReadAsStringAsync());
    }

    private static void Apply(HttpRequestMessage request, Queue<string> parts)
    {
        var headers = new List<string>();
        string? body = null;

        while (parts.TryDequeue(out var part))
        {
            switch (part)
            {
                case "-H":
                    headers.Add(parts.Dequeue());
                    break;

                case "-d":
                    body = parts.Dequeue();
                    break;

                default:
                    request.RequestUri = new Uri(part);
                    break;
            }
        }

        request.Method = body is null ? HttpMethod.Get : HttpMethod.Post;
        request.Content = body is null ? null : new ByteArrayContent(Encoding.UTF8.GetBytes(body));
        headers.ForEach(header => Add(request, header.Split(": ")));
    }

    private static void Add(HttpRequestMessage request, string[] header)
    {
        if (!request.Headers.TryAddWithoutValidation(header[0], header[1]))
        {
            request.Content!.Headers.TryAddWithoutValidation(header[0], header[1]);
        }
    }

    /// <summary>Up to the next white space, or in quotes.</summary>
    [GeneratedRegex(@"'[^']*'|[^\s']+")]
    private static partial Regex Part();
}
