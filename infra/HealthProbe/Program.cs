// What ECS runs in a container to see whether it is alive: the images have no shell and no curl. Asks the URL it is given and ends with 0 for
// an answer of 2xx, with 1 for anything else.
using var http = new HttpClient(new SocketsHttpHandler { UseProxy = false }) { Timeout = TimeSpan.FromSeconds(4) };

try
{
    using var answer = await http.GetAsync(args[0], HttpCompletionOption.ResponseHeadersRead);
    return answer.IsSuccessStatusCode ? 0 : 1;
}
catch (Exception error) when (error is HttpRequestException or TaskCanceledException)
{
    return 1;
}
