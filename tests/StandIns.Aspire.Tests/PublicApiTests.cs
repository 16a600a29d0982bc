namespace StandIns.Aspire.Tests;

public sealed class PublicApiTests
{
    private static readonly HashSet<string> Original =
        [.. File.ReadLines(Path.Combine(AppContext.BaseDirectory, "aspire-13.5.4-public-api.txt")).Where(line => !line.StartsWith('#'))];

    [Theory]
    [InlineData("Aspire.Hosting")]
    [InlineData("Aspire.Hosting.Testing")]
    public void Every_public_member_is_one_of_the_original(string assembly)
    {
        var standIn = PublicApi.Of(System.Reflection.Assembly.Load(assembly)).ToList();

        Assert.NotEmpty(standIn);
        Assert.Empty(standIn.Except(Original));
    }
}
