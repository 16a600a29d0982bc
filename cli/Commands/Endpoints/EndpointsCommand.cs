using System.CommandLine;

namespace Waybill.Cli.Commands.Endpoints;

/// <summary>Where a tenant's events go.</summary>
internal static class EndpointsCommand
{
    public static Command Create(ConnectionOptions connection) => new("endpoints", "Where the events of a tenant go.")
    {
        ReadingEndpoints.List(connection),
        AddingEndpoints.Create(connection),
        ReadingEndpoints.Get(connection),
        ChangingEndpoints.Set(connection),
        EndpointStates.Pause(connection),
        EndpointStates.Resume(connection),
        EndpointStates.Disable(connection),
        EndpointStates.Enable(connection),
        ReadingEndpoints.Unwell(connection),
        ChangingEndpoints.Remove(connection),
        ReadingEndpoints.Secret(connection),
        ChangingEndpoints.Rotate(connection),
        TestingEndpoints.Create(connection),
    };

    public static Argument<string> Id() => new("id") { Description = "The endpoint's id." };
}
