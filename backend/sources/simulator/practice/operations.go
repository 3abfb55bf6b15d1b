package practice

import "slices"

// allOperations is everything that can be asked for.
func (s *Server) allOperations() []*operation {
	return slices.Concat(
		s.lwaOperations(), sellerOperations(), reportOperations(), documentOperations(), orderOperations(), inventoryOperations(),
		listingOperations(), financeOperations(), solicitationOperations(), productOperations(), adsOperations(), adsReportOperations(),
	)
}
