// Each collection runs a whole Waybill of about nine processes: one after the other keeps small build machines responsive.
[assembly: CollectionBehavior(DisableTestParallelization = true)]
