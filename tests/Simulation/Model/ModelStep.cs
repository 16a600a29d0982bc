namespace Waybill.Simulation.Model;

/// <param name="What">For a transition that applies, its name in the table.</param>
/// <param name="Worker">Which worker's step it is; none where nobody's.</param>
/// <param name="IsFault">It need not happen: recovery may not depend on it.</param>
internal readonly record struct ModelStep(string What, ModelState Next, bool IsFault = false, LeaseHolder Worker = LeaseHolder.None)
{
    public override string ToString() => Worker == LeaseHolder.None ? What : $"{Worker.ToString().ToLowerInvariant()} worker {What}";
}
