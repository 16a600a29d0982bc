using StandIns.Aspire.Tests.Support;

namespace StandIns.Aspire.Tests;

/// <summary>What a project's own files say about how it starts.</summary>
public sealed class ProjectTests : IDisposable
{
    private static readonly string Folder = Path.Combine(AppContext.BaseDirectory, "project-tests");

    public ProjectTests() => Directory.CreateDirectory(Path.Combine(Folder, "Properties"));

    [Fact]
    public void Endpoints_of_the_launch_profile_are_named_by_scheme_and_number()
    {
        WriteLaunchSettings("""{ "profiles": { "one": { "commandName": "Project", "applicationUrl": "http://localhost:5001;http://*:5002" } } }""");

        var project = DistributedApplication.CreateBuilder([]).AddProject<WrittenProject>("project").WithHttpEndpoint(port: 5003);

        var endpoints = project.Resource.Annotations.OfType<EndpointAnnotation>().Select(endpoint => (endpoint.Name, endpoint.Port));
        Assert.Equal([("http", 5003), ("http2", 5002)], endpoints);
    }

    [Fact]
    public void Launch_profile_is_the_one_named_else_that_of_the_AppHost_else_the_first()
    {
        WriteLaunchSettings(
            """
            { "profiles": {
              "a": { "commandName": "Project", "applicationUrl": "http://localhost:5001" },
              "b": { "commandName": "Project", "applicationUrl": "http://localhost:5002" },
              "c": { "commandName": "Project", "applicationUrl": "http://localhost:5003" } } }
            """);
        var builder = DistributedApplication.CreateBuilder(["--AppHost:DefaultLaunchProfileName=b"]);

        Assert.Equal(5003, Port(builder.AddProject<WrittenProject>("named", "c")));
        Assert.Equal(5002, Port(builder.AddProject<WrittenProject>("default")));
        Assert.Equal(5001, Port(DistributedApplication.CreateBuilder([]).AddProject<WrittenProject>("first")));
        Assert.Null(Port(builder.AddProject<WrittenProject>("none", launchProfileName: null)));
        Assert.Throws<DistributedApplicationException>(() => builder.AddProject<WrittenProject>("unknown", "d"));
    }

    [Fact]
    public void Endpoints_that_Kestrel_is_configured_with_are_refused_unless_excluded()
    {
        File.WriteAllText(Path.Combine(Folder, "appsettings.json"), """{ "Kestrel": { "Endpoints": { "A": { "Url": "http://localhost:1" } } } }""");
        var builder = DistributedApplication.CreateBuilder([]);

        var refusal = Assert.Throws<DistributedApplicationException>(() => builder.AddProject<WrittenProject>("project"));
        Assert.Contains("Kestrel:Endpoints", refusal.Message, StringComparison.Ordinal);

        builder.AddProject<WrittenProject>("excluded", options => options.ExcludeKestrelEndpoints = true);
    }

    [Fact]
    public void Arguments_of_a_launch_profile_are_refused()
    {
        WriteLaunchSettings("""{ "profiles": { "a": { "commandName": "Project", "commandLineArgs": "--x" } } }""");

        Assert.Throws<DistributedApplicationException>(() => DistributedApplication.CreateBuilder([]).AddProject<WrittenProject>("project"));
    }

    [Fact]
    public async Task Project_that_the_AppHost_does_not_reference_says_so()
    {
        await using var app = await TestApp.StartAsync(builder => builder.AddProject<WrittenProject>("project"));

        await app.StateAsync("project", "FailedToStart");

        Assert.Contains("has not been built with the AppHost", app.Log, StringComparison.Ordinal);
    }

    public void Dispose() => Directory.Delete(Folder, recursive: true);

    private static void WriteLaunchSettings(string json) => File.WriteAllText(Path.Combine(Folder, "Properties", "launchSettings.json"), json);

    private static int? Port(IResourceBuilder<ProjectResource> project) =>
        project.Resource.Annotations.OfType<EndpointAnnotation>().SingleOrDefault()?.Port;

    private sealed class WrittenProject : IProjectMetadata
    {
        public string ProjectPath => Path.Combine(Folder, "Written.csproj");
    }
}
