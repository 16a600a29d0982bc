using Waybill.IntakeService.Tests.Support;
using Xunit.Abstractions;

namespace Waybill.IntakeService.Tests.Memory;

/// <summary>
/// Whatever clients send within the limits, as many as they like at a time, the process stays under 400 MiB, and a small post of somebody else
/// is taken meanwhile. The container has 768.
/// </summary>
[Collection(IntakeCollection.Name)]
public sealed class MemoryTests(ITestOutputHelper output, IntakeFixture intake)
{
    private const int MostMebibytes = 400;

    /// <summary>Posts at a time of an owner.</summary>
    private const int Times = 64;

    public static TheoryData<string> Names => [.. HungryBodies.All.Keys];

    [Theory]
    [MemberData(nameof(Names))]
    public async Task One_owner_does_not_fill_the_service_with(string name)
    {
        await using var crowd = await Crowd.ComeToAsync(intake.Setup);
        var (path, _) = HungryBodies.All[name];

        var answers = await crowd.PostAsync(path, HungryBodies.BytesOf(name), owners: 1, Times);

        AssertPeak(crowd, name, answers);
    }

    private void AssertPeak(Crowd crowd, string name, IReadOnlyDictionary<int, int> answers)
    {
        var peak = crowd.PeakMebibytes;
        output.WriteLine($"{peak} MiB: {name}; answers: {string.Join(", ", answers.OrderBy(answer => answer.Key).Select(answer => $"{answer.Key}: {answer.Value}"))}");

        Assert.True(peak < MostMebibytes, $"{peak} MiB at most at a time");
        Assert.DoesNotContain("OutOfMemory", crowd.Printed, StringComparison.Ordinal);
    }
}
