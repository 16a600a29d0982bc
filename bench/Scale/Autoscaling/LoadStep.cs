namespace Waybill.Bench.Scale.Autoscaling;

/// <summary>A load that jumps and falls back, in messages a second.</summary>
internal sealed record LoadStep(double Before, double During, int FromMinute, int ToMinute, int Minutes)
{
    public double At(int second) => second >= FromMinute * 60 && second < ToMinute * 60 ? During : Before;
}
