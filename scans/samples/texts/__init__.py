"""What the samples say: written for the project; persons, hamlets, papers and the incidents are invented."""
