namespace StandIns.Aspire.Tests.Support;

/// <summary>An application with Data/fake-dashboard.mjs in the place of the dashboard.</summary>
internal sealed record FakeDashboard(TestApp App, Uri Url) : IAsyncDisposable
{
    public static async Task<FakeDashboard> StartAsync(Action<IDistributedApplicationBuilder> model, bool isAnonymous = false)
    {
        var arguments = new DashboardArguments(isAnonymous, DashboardArguments.FakeProgram);
        return new FakeDashboard(await TestApp.StartAsync(model, arguments.Apply), arguments.Url);
    }

    public Task HearsAsync(string path, params string[] expected) => Answers.ContainAsync(new Uri(Url, path), expected, App.Deadline);

    /// <summary>Returns once the command is done.</summary>
    public async Task ExecuteAsync(string resource, string command)
    {
        using var client = new HttpClient();
        var path = new Uri(Url, $"/commands/{ResourceIds.Of(App, resource)}/{command}");
        var answer = await client.GetByteArrayAsync(path, App.Deadline);

        // A gRPC frame of two bytes: field 1, kind, is 1: succeeded.
        Assert.Equal([0, 0, 0, 0, 2, 8, 1], answer);
    }

    public ValueTask DisposeAsync() => App.DisposeAsync();
}
